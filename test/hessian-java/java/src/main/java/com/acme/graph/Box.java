package com.acme.graph;

import java.io.Serializable;

/** A generic class. */
public class Box<T> implements Serializable {
  private static final long serialVersionUID = 1;

  T content;
  Long count;
}
