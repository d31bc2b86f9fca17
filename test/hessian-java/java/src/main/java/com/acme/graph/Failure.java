package com.acme.graph;

import java.util.List;

/** An exception with fields. */
public class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  int code;
  String extra;
  List<Object> items;

  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
