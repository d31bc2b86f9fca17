package com.acme.interop.api;

/** An unchecked exception no method declares, out of the contract's own jar: Dubbo lets it pass as itself. */
public class EmployeeLocked extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmployeeLocked(String message) {
    super(message);
  }
}
