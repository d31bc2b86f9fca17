package com.acme.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fields of fields: what a graph branches and closes cycles by. */
public class Branch extends Scalars {
  private static final long serialVersionUID = 1;

  String label;
  Branch next;
  Object any;
  List<Object> list;
  Set<Object> set;
  Map<Object, Object> map;
  Object[] array;

  /** A nested class, and one that hides a field of its super class. */
  public static class Twig extends Branch {
    private static final long serialVersionUID = 1;

    String label;
    int length;
  }
}
