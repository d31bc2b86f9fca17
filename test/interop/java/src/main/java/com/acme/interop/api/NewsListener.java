package com.acme.interop.api;

/** What a consumer passes to be called back. */
public interface NewsListener {
  void greeted(String topic);

  /** Throws for an employee that is null. */
  String published(Employee subject) throws NoSuchEmployee;
}
