package com.acme.interop.api;

import java.io.Serializable;

/** The superclass whose fields travel with those of {@link Employee}. */
public class Person implements Serializable {
  private static final long serialVersionUID = 1L;

  private long id;
  private String name;
  private Address address;

  public long getId() {
    return id;
  }

  public void setId(long id) {
    this.id = id;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public Address getAddress() {
    return address;
  }

  public void setAddress(Address address) {
    this.address = address;
  }
}
