package com.acme.graph;

import java.io.Serializable;
import java.util.List;

/** Primitive and boxed floats. */
public class Floats implements Serializable {
  private static final long serialVersionUID = 1;

  float one;
  int between;
  float two;
  Float boxed;
  float[] array;
  List<Float> list;
}
