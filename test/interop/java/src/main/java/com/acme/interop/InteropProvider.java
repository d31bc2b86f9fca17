package com.acme.interop;

import com.acme.interop.api.Address;
import com.acme.interop.api.Employee;
import com.acme.interop.api.EmployeeLocked;
import com.acme.interop.api.InteropService;
import com.acme.interop.api.NoSuchEmployee;
import com.acme.interop.api.State;
import io.netty.util.IllegalReferenceCountException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The contract as a Java team would write it. */
final class InteropProvider implements InteropService {
  private static final long DAY_MS = 24 * 60 * 60 * 1000L;

  private final Dubbo dubbo;
  private final Map<String, String> notes = new ConcurrentHashMap<>();

  InteropProvider(Dubbo dubbo) {
    this.dubbo = dubbo;
  }

  @Override
  public String ping() {
    return "pong";
  }

  @Override
  public boolean not(boolean value) {
    return !value;
  }

  @Override
  public byte nextByte(byte value) {
    return (byte) (value + 1);
  }

  @Override
  public short nextShort(short value) {
    return (short) (value + 1);
  }

  @Override
  public int nextInt(int value) {
    return value + 1;
  }

  @Override
  public long nextLong(long value) {
    return value + 1;
  }

  @Override
  public float negateFloat(float value) {
    return -value;
  }

  @Override
  public double negateDouble(double value) {
    return -value;
  }

  @Override
  public char nextChar(char value) {
    return (char) (value + 1);
  }

  @Override
  public Boolean notBoxed(Boolean value) {
    return value == null ? null : !value;
  }

  @Override
  public Byte nextByteBoxed(Byte value) {
    return value == null ? null : nextByte(value);
  }

  @Override
  public Short nextShortBoxed(Short value) {
    return value == null ? null : nextShort(value);
  }

  @Override
  public Integer nextIntBoxed(Integer value) {
    return value == null ? null : nextInt(value);
  }

  @Override
  public Long nextLongBoxed(Long value) {
    return value == null ? null : nextLong(value);
  }

  @Override
  public Float negateFloatBoxed(Float value) {
    return value == null ? null : -value;
  }

  @Override
  public Double negateDoubleBoxed(Double value) {
    return value == null ? null : -value;
  }

  @Override
  public Character nextCharBoxed(Character value) {
    return value == null ? null : nextChar(value);
  }

  @Override
  public String shout(String text) {
    return text == null ? null : text + "!";
  }

  @Override
  public byte[] reverseBytes(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public int[] nextInts(int[] values) {
    return Arrays.stream(values).map(value -> value + 1).toArray();
  }

  @Override
  public long[] nextLongs(long[] values) {
    return Arrays.stream(values).map(value -> value + 1).toArray();
  }

  @Override
  public String[] reverseTexts(String[] texts) {
    return reversed(Arrays.asList(texts)).toArray(new String[0]);
  }

  @Override
  public int[][] transpose(int[][] matrix) {
    int[][] transposed = new int[matrix[0].length][matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix[row].length; column++) {
        transposed[column][row] = matrix[row][column];
      }
    }
    return transposed;
  }

  @Override
  public Employee[] reverseEmployees(Employee[] employees) {
    return reversed(Arrays.asList(employees)).toArray(new Employee[0]);
  }

  @Override
  public List<String> reverseList(List<String> texts) {
    return texts == null ? null : reversed(texts);
  }

  @Override
  public List<Long> nextLongList(List<Long> values) {
    List<Long> next = new ArrayList<>();
    for (Long value : values) {
      next.add(nextLongBoxed(value));
    }
    return next;
  }

  @Override
  public Set<String> extendSet(Set<String> texts) {
    if (texts == null) {
      return null;
    }
    Set<String> extended = new HashSet<>(texts);
    extended.add("new");
    return extended;
  }

  @Override
  public Map<String, Integer> nextCounts(Map<String, Integer> counts) {
    if (counts == null) {
      return null;
    }
    Map<String, Integer> next = new HashMap<>();
    counts.forEach((name, count) -> next.put(name, count + 1));
    return next;
  }

  @Override
  public Map<Long, Employee> promoteAll(Map<Long, Employee> employees) {
    Map<Long, Employee> promoted = new HashMap<>();
    employees.forEach((id, employee) -> promoted.put(id + 1, promote(employee)));
    return promoted;
  }

  @Override
  public Employee promote(Employee employee) {
    if (employee == null) {
      return null;
    }
    Employee promoted = new Employee();
    promoted.setId(nextLong(employee.getId()));
    promoted.setName(shout(employee.getName()));
    Address address = employee.getAddress();
    promoted.setAddress(address == null ? null : new Address(shout(address.getStreet()), nextInt(address.getNumber())));
    promoted.setLevel(nextInt(employee.getLevel()));
    promoted.setRating(negateDouble(employee.getRating()));
    promoted.setRemote(not(employee.isRemote()));
    promoted.setBadge(nextLongBoxed(employee.getBadge()));
    promoted.setSalary(negate(employee.getSalary()));
    promoted.setHiredAt(nextDay(employee.getHiredAt()));
    promoted.setState(nextState(employee.getState()));
    promoted.setPhoto(reverseBytes(employee.getPhoto()));
    promoted.setSkills(reverseList(employee.getSkills()));
    promoted.setHours(nextCounts(employee.getHours()));
    promoted.setMentor(employee.getMentor());
    return promoted;
  }

  @Override
  public State nextState(State state) {
    return state == null ? null : State.values()[(state.ordinal() + 1) % State.values().length];
  }

  @Override
  public Date nextDay(Date date) {
    return date == null ? null : new Date(date.getTime() + DAY_MS);
  }

  @Override
  public BigDecimal negate(BigDecimal value) {
    return value == null ? null : value.negate();
  }

  @Override
  public String find() {
    return "find()";
  }

  @Override
  public String find(int id) {
    return "find(int " + id + ")";
  }

  @Override
  public String find(long id) {
    return "find(long " + id + ")";
  }

  @Override
  public String find(Integer id) {
    return "find(Integer " + id + ")";
  }

  @Override
  public String find(String name) {
    return "find(String " + name + ")";
  }

  @Override
  public String find(String name, int limit) {
    return "find(String " + name + ", int " + limit + ")";
  }

  @Override
  public void remember(String key, String note) {
    notes.put(key, note);
  }

  @Override
  public String remembered(String key) {
    return notes.get(key);
  }

  @Override
  public void tell(String key, String note) {
    notes.put(key, note);
  }

  @Override
  public String readAttachment(String key) {
    return dubbo.requestAttachment(key);
  }

  @Override
  public String answerAttachment(String key, String value) {
    dubbo.answerAttachment(key, value);
    return null;
  }

  @Override
  public Employee hire(String name) throws NoSuchEmployee {
    throw new NoSuchEmployee("nobody is called " + name, 404);
  }

  @Override
  public Employee unlock(String name) {
    throw new EmployeeLocked(name + " is locked");
  }

  @Override
  public String failInJava(String message) {
    throw new IllegalStateException(message);
  }

  @Override
  public String failInAnotherJar(String message) {
    throw new IllegalReferenceCountException(message);
  }

  @Override
  public String sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return "slept";
  }

  private static <T> List<T> reversed(List<T> values) {
    List<T> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return reversed;
  }
}
