package com.acme.graph;

/** An enum with a constant that has a class of its own. */
public enum Color {
  RED,
  GREEN {
    @Override
    public String shade() {
      return "lime";
    }
  },
  BLUE;

  public String shade() {
    return "plain";
  }
}
