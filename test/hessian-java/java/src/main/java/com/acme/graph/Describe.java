package com.acme.graph;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Two graphs are equal if and only if their texts are. */
final class Describe {
  private final boolean exactly;
  private final boolean sharing;
  private final Map<Object, Integer> seen = new IdentityHashMap<>();
  private int labels;

  private Describe(boolean exactly, boolean sharing) {
    this.exactly = exactly;
    this.sharing = sharing;
  }

  /** With the classes of collections, and what is shared with what. */
  static String exactly(Object graph) {
    return new Describe(true, true).of(graph);
  }

  /** Lists, sets and maps by their interface, and what is shared with what. */
  static String structure(Object graph) {
    return new Describe(false, true).of(graph);
  }

  /** Lists, sets and maps by their interface; a shared part like a copy of it, cycles as cycles. */
  static String content(Object graph) {
    return new Describe(false, false).of(graph);
  }

  private String of(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return quoted((String) value);
    }
    if (value instanceof byte[]) {
      return "byte[]" + Arrays.toString((byte[]) value);
    }
    if (value instanceof char[]) {
      return "char[] " + quoted(new String((char[]) value));
    }
    if (isContainer(value)) {
      return container(value);
    }
    return named(value) + " " + content(value, value.getClass());
  }

  private static boolean isContainer(Object value) {
    return value.getClass().isArray() || value instanceof Collection || value instanceof Map || value instanceof Map.Entry
        || value instanceof Throwable || value instanceof AtomicReference || isOurs(value.getClass());
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("com.acme.") && !Enum.class.isAssignableFrom(type);
  }

  private String container(Object value) {
    Integer before = seen.get(value);
    if (before != null) {
      return "#" + before;
    }
    seen.put(value, sharing ? labels++ : seen.size());
    String text = named(value) + contentOf(value);
    if (!sharing) {
      seen.remove(value);
    }
    return text;
  }

  private String named(Object value) {
    if (!exactly) {
      if (value instanceof Set) {
        return "Set";
      }
      if (value instanceof Collection) {
        return "List";
      }
      if (value instanceof Map) {
        return "Map";
      }
    }
    return value instanceof Enum ? ((Enum<?>) value).getDeclaringClass().getName() : value.getClass().getTypeName();
  }

  private String contentOf(Object value) {
    if (value.getClass().isArray()) {
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(of(Array.get(value, i)));
      }
      return elements.toString();
    }
    if (value instanceof Collection) {
      boolean sorted = value instanceof Set && !(exactly && (value instanceof LinkedHashSet || value instanceof SortedSet));
      List<String> elements = ((Collection<?>) value).stream().map(this::of).collect(Collectors.toList());
      return (sorted ? elements.stream().sorted().collect(Collectors.toList()) : elements).toString();
    }
    if (value instanceof Map) {
      return entries((Map<?, ?>) value);
    }
    if (value instanceof Map.Entry) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
      return "(" + of(entry.getKey()) + ", " + of(entry.getValue()) + ")";
    }
    if (value instanceof AtomicReference) {
      return "(" + of(((AtomicReference<?>) value).get()) + ")";
    }
    return value instanceof Throwable ? throwable((Throwable) value) : fields(value);
  }

  // In the order of the keys, which refer to nothing, so that equal maps give their values equal labels.
  private String entries(Map<?, ?> map) {
    boolean ordered = exactly && (map instanceof LinkedHashMap || map instanceof SortedMap);
    List<Map.Entry<String, Object>> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(new java.util.AbstractMap.SimpleEntry<>(of(key), value)));
    if (!ordered) {
      entries.sort(Map.Entry.comparingByKey());
    }
    StringBuilder text = new StringBuilder("{");
    for (Map.Entry<String, Object> entry : entries) {
      text.append(entry.getKey()).append("=").append(of(entry.getValue())).append(", ");
    }
    return text.append("}").toString();
  }

  private String throwable(Throwable throwable) {
    return "(" + of(throwable.getMessage()) + ", cause " + of(throwable.getCause())
        + ", at " + Arrays.toString(throwable.getStackTrace())
        + ", suppressed " + Arrays.stream(throwable.getSuppressed()).map(this::of).collect(Collectors.toList())
        + (isOurs(throwable.getClass()) ? fields(throwable) : "") + ")";
  }

  private String fields(Object value) {
    StringBuilder text = new StringBuilder("{");
    for (Class<?> type = value.getClass(); isOurs(type); type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        try {
          field.setAccessible(true);
          text.append(field.getName()).append(": ").append(of(field.get(value))).append(", ");
        } catch (IllegalAccessException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
    }
    return text.append("}").toString();
  }

  private static String content(Object value, Class<?> type) {
    if (value instanceof Date) {
      return String.valueOf(((Date) value).getTime());
    }
    if (value instanceof Calendar) {
      return String.valueOf(((Calendar) value).getTimeInMillis());
    }
    if (value instanceof Character) {
      return quoted(value.toString());
    }
    return value instanceof Enum ? ((Enum<?>) value).name() : value.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= ' ' && unit < 0x7f && unit != '"' && unit != '\\') {
        quoted.append(unit);
      } else {
        quoted.append("\\u").append(Integer.toHexString(unit | 0x10000).substring(1));
      }
    }
    return quoted.append('"').toString();
  }
}
