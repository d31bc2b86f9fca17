package com.acme.graph;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Makes a random graph of what Java itself brings over from either hessian-lite to either: the same for the same seed, size
 * and options.
 */
final class Graphs {
  /** Parts are shared and cycles closed, and exceptions are made, whose "no cause" is a cycle. */
  static final int SHARING = 1;
  /** Values that the versions count unevenly are at the end, where no reference comes after them. */
  static final int UNEVEN = 2;
  /** The root is a {@link Typed}. */
  static final int TYPED = 4;
  /** Classes with primitive floats, which crash a JVM whose hessian-lite is 4.0.3. */
  static final int FLOATS = 8;
  /** With SHARING, that there are no more than three parts shared: written as copies they are not too many. */
  static final int FEW = 16;

  /**
   * A double in a place without a declared type is no whole number: in a field declared to hold anything JavaScript writes
   * it as an int.
   */
  static final int FRACTIONS = 32;

  private final Leaves leaves;
  private final int options;
  private final List<Object> made = new ArrayList<>();
  private int budget;
  private int links;

  Graphs(long seed, int size, int options) {
    this.leaves = new Leaves(new Random(seed), (options & FRACTIONS) != 0);
    this.options = options;
    this.budget = size;
    this.links = is(FEW) ? 3 : is(SHARING) ? size : 0;
  }

  Object make() {
    Object root = is(TYPED) ? typed(0) : container(0);
    return is(UNEVEN) ? new ArrayList<>(Arrays.asList(root, leaves.uneven(), leaves.uneven())) : root;
  }

  private boolean is(int option) {
    return (options & option) != 0;
  }

  private int below(int bound) {
    return leaves.below(bound);
  }

  /** A leaf, a part made before, or a new part. */
  private Object any(int depth) {
    if (links > 0 && !made.isEmpty() && leaves.oneIn(6)) {
      links--;
      return made.get(below(made.size()));
    }
    if (budget <= 0 || depth > 12 || leaves.oneIn(2)) {
      return leaves.any();
    }
    return container(depth);
  }

  private Object container(int depth) {
    budget--;
    switch (below(is(SHARING) ? 28 : 27)) {
      case 0: case 1: return fill(note(new ArrayList<>()), depth);
      case 2: return fill(note(new LinkedList<>()), depth);
      case 3: return fill(note(new Vector<>()), depth);
      case 4: return fill(new CopyOnWriteArrayList<>(), depth);
      case 5: return queue(depth);
      case 6: return Arrays.asList(objects(depth));
      case 7: return leaves.oneIn(2) ? Collections.emptyList() : Collections.emptyMap();
      case 8: return keys(new HashSet<>());
      case 9: return keys(new LinkedHashSet<>());
      case 10: return strings(new TreeSet<>());
      case 11: return leaves.palette();
      case 12: case 13: return put(note(new HashMap<>()), leaves::key, depth);
      case 14: return put(note(new LinkedHashMap<>()), leaves::key, depth);
      case 15: return put(note(new LinkedHashMap<>()), leaves::string, depth);
      case 16: return put(note(new TreeMap<>()), leaves::string, depth);
      case 17: return put(note(new EnumMap<>(Color.class)), leaves::color, depth);
      case 18: return putNoNulls(new ConcurrentHashMap<>(), depth);
      case 19: return putNoNulls(new Hashtable<>(), depth);
      case 20: return new AtomicReference<>(any(depth + 1));
      case 21: return primitives();
      case 22: return references(depth);
      case 23: return scalars(new Scalars());
      case 24: return box(depth);
      case 25: return is(FLOATS) ? floats() : branch(note(new Branch()), depth);
      case 26: return branch(note(leaves.oneIn(3) ? new Branch.Twig() : new Branch()), depth);
      default: return failure(depth);
    }
  }

  private <T> T note(T part) {
    made.add(part);
    return part;
  }

  private int length() {
    return leaves.oneIn(8) ? 8 + below(4) : below(5);
  }

  private Object fill(Collection<Object> collection, int depth) {
    for (int i = length(); i > 0; i--) {
      collection.add(any(depth + 1));
    }
    return collection;
  }

  private Object queue(int depth) {
    ArrayDeque<Object> queue = new ArrayDeque<>();
    for (int i = length(); i > 0; i--) {
      Object element = any(depth + 1);
      if (element != null) {
        queue.add(element);
      }
    }
    return queue;
  }

  private Object keys(Set<Object> set) {
    for (int i = length(); i > 0; i--) {
      set.add(leaves.key());
    }
    return set;
  }

  private <C extends Collection<String>> C strings(C collection) {
    for (int i = length(); i > 0; i--) {
      collection.add(leaves.string());
    }
    return collection;
  }

  private <K, V> Map<K, Object> put(Map<K, Object> map, Supplier<K> key, int depth) {
    for (int i = length(); i > 0; i--) {
      map.put(key.get(), any(depth + 1));
    }
    return map;
  }

  private Object putNoNulls(Map<Object, Object> map, int depth) {
    put(new LinkedHashMap<>(), leaves::key, depth).forEach((key, value) -> {
      if (key != null && value != null) {
        map.put(key, value);
      }
    });
    return map;
  }

  private Object[] objects(int depth) {
    Object[] objects = new Object[length()];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = any(depth + 1);
    }
    return objects;
  }

  private Object primitives() {
    switch (below(6)) {
      case 0: return array(boolean.class, () -> leaves.random.nextBoolean());
      case 1: return array(short.class, () -> (short) leaves.integer());
      case 2: return array(int.class, leaves::integer);
      case 3: return array(long.class, leaves::longInteger);
      case 4: return array(float.class, leaves::single);
      default: return array(double.class, leaves::real);
    }
  }

  private Object references(int depth) {
    switch (below(12)) {
      case 0: return array(String.class, leaves::string);
      case 1: return array(Integer.class, leaves::integer);
      case 2: return array(Long.class, leaves::longInteger);
      case 3: return array(Double.class, leaves::real);
      case 4: return array(java.util.Date.class, leaves::date);
      case 5: return array(Color.class, leaves::color);
      case 6: return array(java.math.BigDecimal.class, leaves::decimal);
      case 7: return array(int[].class, () -> array(int.class, leaves::integer));
      case 8: return array(String[].class, () -> array(String.class, leaves::string));
      case 9: return array(Scalars.class, () -> scalars(new Scalars()));
      default: {
        Object[] objects = note(new Object[length()]);
        for (int i = 0; i < objects.length; i++) {
          objects[i] = any(depth + 1);
        }
        return objects;
      }
    }
  }

  private Object array(Class<?> type, Supplier<?> element) {
    Object array = Array.newInstance(type, length());
    for (int i = 0; i < Array.getLength(array); i++) {
      Array.set(array, i, element.get());
    }
    return array;
  }

  private <T extends Scalars> T scalars(T scalars) {
    scalars.flag = leaves.random.nextBoolean();
    scalars.tiny = (byte) leaves.integer();
    scalars.small = (short) leaves.integer();
    scalars.number = leaves.integer();
    scalars.big = leaves.longInteger();
    scalars.real = leaves.real();
    scalars.letter = leaves.letter();
    scalars.boxedFlag = orNull(leaves.random.nextBoolean());
    scalars.boxedTiny = orNull((byte) leaves.integer());
    scalars.boxedSmall = orNull((short) leaves.integer());
    scalars.boxedNumber = orNull(leaves.integer());
    scalars.boxedBig = orNull(leaves.longInteger());
    scalars.boxedFloat = orNull(leaves.single());
    scalars.boxedReal = orNull(leaves.real());
    scalars.boxedLetter = orNull(leaves.letter());
    scalars.text = orNull(leaves.string());
    scalars.date = orNull(leaves.date());
    scalars.day = orNull(new java.sql.Date(leaves.date().getTime()));
    scalars.moment = orNull(leaves.timestamp());
    scalars.bytes = orNull(leaves.bytes());
    scalars.decimal = orNull(leaves.decimal());
    scalars.integer = orNull(leaves.bigInteger());
    scalars.color = orNull(leaves.color());
    return scalars;
  }

  private <T> T orNull(T value) {
    return leaves.oneIn(3) ? null : value;
  }

  private Object branch(Branch branch, int depth) {
    scalars(branch);
    branch.label = orNull(leaves.string());
    if (branch instanceof Branch.Twig) {
      ((Branch.Twig) branch).label = leaves.string();
      ((Branch.Twig) branch).length = leaves.integer();
      // Of two fields of one name Java's readers know the subclass's only.
      branch.label = null;
    }
    branch.next = nextBranch(depth);
    branch.any = any(depth + 1);
    branch.list = orNull(new ArrayList<>());
    if (branch.list != null) {
      fill(branch.list, depth);
    }
    branch.set = orNull(new HashSet<>());
    if (branch.set != null) {
      keys(branch.set);
    }
    branch.map = orNull(put(new HashMap<>(), leaves::key, depth));
    branch.array = orNull(objects(depth));
    return branch;
  }

  private Branch nextBranch(int depth) {
    if (links > 0 && leaves.oneIn(3)) {
      for (Object part : made) {
        if (part instanceof Branch && leaves.oneIn(2)) {
          links--;
          return (Branch) part;
        }
      }
    }
    return budget > 0 && depth < 12 && leaves.oneIn(2) ? (Branch) branch(note(new Branch()), depth + 1) : null;
  }

  private Object box(int depth) {
    Box<Object> box = note(new Box<>());
    box.content = any(depth + 1);
    box.count = orNull(leaves.longInteger());
    return box;
  }

  private Object floats() {
    Floats floats = new Floats();
    floats.one = leaves.single();
    floats.between = leaves.integer();
    floats.two = leaves.single();
    floats.boxed = orNull(leaves.single());
    floats.array = (float[]) array(float.class, leaves::single);
    floats.list = orNull(list(leaves::single));
    return floats;
  }

  private Object failure(int depth) {
    Throwable cause = leaves.oneIn(3) ? new IllegalArgumentException(orNull(leaves.string())) : null;
    Throwable failure =
        leaves.oneIn(3) ? new IllegalStateException(orNull(leaves.string()), cause) : new Failure(orNull(leaves.string()), cause);
    for (Throwable at = failure; at != null; at = at.getCause()) {
      at.setStackTrace(frames());
    }
    if (leaves.oneIn(3)) {
      Throwable suppressed = new UnsupportedOperationException(leaves.string());
      suppressed.setStackTrace(frames());
      failure.addSuppressed(suppressed);
    }
    if (failure instanceof Failure) {
      note(failure);
      ((Failure) failure).code = leaves.integer();
      ((Failure) failure).extra = orNull(leaves.string());
      ((Failure) failure).items = orNull(new ArrayList<>());
      if (((Failure) failure).items != null) {
        fill(((Failure) failure).items, depth);
      }
    }
    return failure;
  }

  private StackTraceElement[] frames() {
    StackTraceElement[] frames = new StackTraceElement[below(3)];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new StackTraceElement("com.acme.Api", "call" + i, orNull("Api.java"), leaves.oneIn(4) ? -2 : below(500));
    }
    return frames;
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = leaves.oneIn(3) ? new LinkedList<>() : new ArrayList<>();
    for (int i = length(); i > 0; i--) {
      list.add(leaves.oneIn(6) ? null : element.get());
    }
    return list;
  }

  private <K, V> Map<K, V> map(Map<K, V> map, Supplier<K> key, Supplier<V> value) {
    for (int i = length(); i > 0; i--) {
      map.put(key.get(), value.get());
    }
    return map;
  }

  /** Most of the fields are null. */
  private Typed typed(int depth) {
    budget--;
    Typed typed = new Typed();
    List<Typed> family = new ArrayList<>();
    // Written as copies, those named more than once multiply.
    for (int i = below(3); i > 0 && depth < 1; i--) {
      family.add(typed(depth + 1));
    }
    Supplier<Typed> relative = () -> family.isEmpty() ? null : family.get(below(family.size()));
    Map<String, Supplier<?>> makers = new LinkedHashMap<>();
    makers.put("longs", () -> list(leaves::longInteger));
    makers.put("ints", () -> list(leaves::integer));
    makers.put("shorts", () -> list(() -> (short) leaves.integer()));
    makers.put("tinies", () -> list(() -> (byte) leaves.integer()));
    makers.put("floats", () -> list(leaves::single));
    makers.put("doubles", () -> list(leaves::real));
    makers.put("strings", () -> list(leaves::string));
    makers.put("decimals", () -> list(leaves::decimal));
    makers.put("dates", () -> list(leaves::date));
    makers.put("nested", () -> list(() -> list(leaves::longInteger)));
    makers.put("children", () -> new ArrayList<>(family));
    makers.put("colors", () -> new HashSet<>(list(leaves::color)));
    makers.put("names", () -> new HashSet<>(list(leaves::string)));
    makers.put("sorted", () -> strings(new TreeSet<>()));
    makers.put("palette", leaves::palette);
    makers.put("counts", () -> map(new HashMap<>(), leaves::string, leaves::longInteger));
    makers.put("byNumber", () -> map(new HashMap<>(), leaves::integer, leaves::string));
    makers.put("byLong", () -> map(new LinkedHashMap<>(), leaves::longInteger, leaves::real));
    makers.put("byName", () -> map(new HashMap<>(), leaves::string, relative));
    makers.put("byColor", () -> map(new HashMap<>(), leaves::color, leaves::integer));
    makers.put("ranks", () -> map(new TreeMap<>(), leaves::string, leaves::integer));
    makers.put("box", this::longBox);
    makers.put("scalars", () -> scalars(new Scalars()));
    makers.put("next", relative);
    makers.put("any", () -> any(8));
    makers.put("flagArray", () -> array(boolean.class, () -> leaves.random.nextBoolean()));
    makers.put("shortArray", () -> array(short.class, () -> (short) leaves.integer()));
    makers.put("intArray", () -> array(int.class, leaves::integer));
    makers.put("longArray", () -> array(long.class, leaves::longInteger));
    makers.put("floatArray", () -> array(float.class, leaves::single));
    makers.put("doubleArray", () -> array(double.class, leaves::real));
    makers.put("charArray", () -> leaves.string().toCharArray());
    makers.put("stringArray", () -> array(String.class, leaves::string));
    makers.put("objectArray", () -> array(Object.class, leaves::any));
    makers.put("boxedArray", () -> array(Integer.class, leaves::integer));
    makers.put("dateArray", () -> array(java.util.Date.class, leaves::date));
    makers.put("colorArray", () -> array(Color.class, leaves::color));
    makers.put("scalarsArray", () -> array(Scalars.class, () -> scalars(new Scalars())));
    makers.put("matrix", () -> array(int[].class, () -> array(int.class, leaves::integer)));
    makers.put("table", () -> array(String[].class, () -> array(String.class, leaves::string)));
    makers.put("localDate", leaves::localDate);
    makers.put("localTime", leaves::localTime);
    makers.put("localDateTime", leaves::localDateTime);
    makers.put("instant", leaves::instant);
    makers.put("duration", leaves::duration);
    makers.put("period", leaves::period);
    makers.put("year", leaves::year);
    makers.put("yearMonth", leaves::yearMonth);
    makers.put("monthDay", leaves::monthDay);
    makers.put("zoneOffset", leaves::offset);
    makers.put("zoneId", leaves::zone);
    makers.put("offsetTime", leaves::offsetTime);
    makers.put("offsetDateTime", leaves::offsetDateTime);
    makers.put("zonedDateTime", leaves::zonedDateTime);
    makers.put("locale", leaves::locale);
    makers.put("currency", leaves::currency);
    makers.put("bits", leaves::bits);
    makers.put("type", leaves::type);
    makers.forEach((field, maker) -> {
      if (leaves.oneIn(3)) {
        set(typed, field, maker.get());
      }
    });
    return typed;
  }

  private Box<Long> longBox() {
    Box<Long> box = new Box<>();
    box.content = leaves.longInteger();
    box.count = leaves.longInteger();
    return box;
  }

  private static void set(Typed typed, String name, Object value) {
    try {
      Field field = Typed.class.getDeclaredField(name);
      field.set(typed, value);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
