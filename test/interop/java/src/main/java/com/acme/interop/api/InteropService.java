package com.acme.interop.api;

import java.math.BigDecimal;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contract both languages provide and consume. Each method answers with something computed from its argument rather
 * than the argument itself, so that a mistake made in both directions does not cancel out. Null answers null.
 */
public interface InteropService {
  /** Answers "pong". */
  String ping();

  boolean not(boolean value);

  byte nextByte(byte value);

  short nextShort(short value);

  int nextInt(int value);

  long nextLong(long value);

  float negateFloat(float value);

  double negateDouble(double value);

  char nextChar(char value);

  Boolean notBoxed(Boolean value);

  Byte nextByteBoxed(Byte value);

  Short nextShortBoxed(Short value);

  Integer nextIntBoxed(Integer value);

  Long nextLongBoxed(Long value);

  Float negateFloatBoxed(Float value);

  Double negateDoubleBoxed(Double value);

  Character nextCharBoxed(Character value);

  /** The text and an exclamation mark. */
  String shout(String text);

  byte[] reverseBytes(byte[] bytes);

  int[] nextInts(int[] values);

  long[] nextLongs(long[] values);

  String[] reverseTexts(String[] texts);

  int[][] transpose(int[][] matrix);

  Employee[] reverseEmployees(Employee[] employees);

  List<String> reverseList(List<String> texts);

  List<Long> nextLongList(List<Long> values);

  /** The set and the element "new". */
  Set<String> extendSet(Set<String> texts);

  Map<String, Integer> nextCounts(Map<String, Integer> counts);

  /** The employees, promoted, under the id plus one. */
  Map<Long, Employee> promoteAll(Map<Long, Employee> employees);

  /** The employee one level up, renamed and moved, the mentor untouched. */
  Employee promote(Employee employee);

  State nextState(State state);

  Date nextDay(Date date);

  BigDecimal negate(BigDecimal value);

  /** Answers which overload was reached. */
  String find();

  String find(int id);

  String find(long id);

  String find(Integer id);

  String find(String name);

  String find(String name, int limit);

  /** Keeps a note until it is asked for. */
  void remember(String key, String note);

  /** The note, or null. */
  String remembered(String key);

  /** As {@link #remember}; consumers call it one-way. */
  void tell(String key, String note);

  /** The request attachment of that name as the provider sees it. */
  String readAttachment(String key);

  /** Answers null, and an attachment beside it. */
  String answerAttachment(String key, String value);

  /** Always throws the declared exception, code 404. */
  Employee hire(String name) throws NoSuchEmployee;

  /** Always throws {@link EmployeeLocked}, which it does not declare. */
  Employee unlock(String name);

  /** Always throws IllegalStateException. */
  String failInJava(String message);

  /** Always throws an unchecked exception out of another jar. */
  String failInAnotherJar(String message);

  /** Answers after that long; consumers wait {@code 500} ms for it. */
  String sleep(int millis);
}
