package com.acme.interop.api;

import java.math.BigDecimal;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** A bean with a field of every family: primitive, box, date, decimal, enum, bytes, list, map, and its own class. */
public class Employee extends Person {
  private static final long serialVersionUID = 1L;

  private int level;
  private double rating;
  private boolean remote;
  private Long badge;
  private BigDecimal salary;
  private Date hiredAt;
  private State state;
  private byte[] photo;
  private List<String> skills;
  private Map<String, Integer> hours;
  private Employee mentor;

  public int getLevel() {
    return level;
  }

  public void setLevel(int level) {
    this.level = level;
  }

  public double getRating() {
    return rating;
  }

  public void setRating(double rating) {
    this.rating = rating;
  }

  public boolean isRemote() {
    return remote;
  }

  public void setRemote(boolean remote) {
    this.remote = remote;
  }

  public Long getBadge() {
    return badge;
  }

  public void setBadge(Long badge) {
    this.badge = badge;
  }

  public BigDecimal getSalary() {
    return salary;
  }

  public void setSalary(BigDecimal salary) {
    this.salary = salary;
  }

  public Date getHiredAt() {
    return hiredAt;
  }

  public void setHiredAt(Date hiredAt) {
    this.hiredAt = hiredAt;
  }

  public State getState() {
    return state;
  }

  public void setState(State state) {
    this.state = state;
  }

  public byte[] getPhoto() {
    return photo;
  }

  public void setPhoto(byte[] photo) {
    this.photo = photo;
  }

  public List<String> getSkills() {
    return skills;
  }

  public void setSkills(List<String> skills) {
    this.skills = skills;
  }

  public Map<String, Integer> getHours() {
    return hours;
  }

  public void setHours(Map<String, Integer> hours) {
    this.hours = hours;
  }

  public Employee getMentor() {
    return mentor;
  }

  public void setMentor(Employee mentor) {
    this.mentor = mentor;
  }
}
