package com.acme.interop.api;

/** A declared, checked exception with a field of its own. */
public class NoSuchEmployee extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  public NoSuchEmployee(String message, int code) {
    super(message);
    this.code = code;
  }

  public int getCode() {
    return code;
  }
}
