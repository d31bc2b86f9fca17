package com.acme.interop;

/**
 * One call and what must come of it.
 *
 * @param name the row of the matrix this call belongs to; several calls may share one
 * @param expected the outcome as {@link Text}; one that ends in "…" is compared up to there
 */
record Check(String name, String call, String expected, Action action) {
  /** What a check does: the value it answers, or what it throws, is the outcome. */
  interface Action {
    Object run() throws Throwable;
  }

  boolean accepts(String outcome) {
    return expected.endsWith("…") ? outcome.startsWith(expected.substring(0, expected.length() - 1)) : outcome.equals(expected);
  }
}
