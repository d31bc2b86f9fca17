package com.acme.interop.api;

/** Where an employee stands. */
public enum State {
  HIRED,
  ON_LEAVE,
  RETIRED
}
