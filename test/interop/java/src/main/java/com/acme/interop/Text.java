package com.acme.interop;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Values as text that two runs can be compared by: classes named, fields in order, sets and maps sorted. */
final class Text {
  private static final int LONGEST = 200;
  private static final String CONTRACT = "com.acme.interop.api.";

  private Text() {}

  static String of(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String string) {
      return string.length() <= LONGEST ? '"' + string + '"' : "String of " + string.length() + " chars, " + digest(bytes(string));
    }
    if (value instanceof byte[] bytes) {
      return bytes.length <= LONGEST ? "bytes " + HexFormat.of().formatHex(bytes) : "bytes, " + bytes.length + " of them, " + digest(bytes);
    }
    if (value instanceof Date date) {
      return value.getClass().getName() + " " + date.toInstant();
    }
    if (value instanceof Enum<?> constant) {
      return constant.getDeclaringClass().getName() + "." + constant.name();
    }
    if (value instanceof Character character) {
      return "java.lang.Character U+%04X".formatted((int) character);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
          .sorted()
          .collect(Collectors.joining(", ", value.getClass().getName() + " {", "}"));
    }
    if (value instanceof Collection<?> collection) {
      List<String> elements = new ArrayList<>(collection.stream().map(Text::of).toList());
      if (value instanceof Set) {
        elements.sort(null);
      }
      return value.getClass().getName() + " " + elements;
    }
    if (value.getClass().isArray()) {
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(of(Array.get(value, i)));
      }
      return value.getClass().getSimpleName() + " " + elements;
    }
    if (value.getClass().getName().startsWith(CONTRACT)) {
      return value.getClass().getName() + " " + fields(value);
    }
    return value.getClass().getName() + " " + value;
  }

  /** Class, first line of the message, and the exception's own fields; for Dubbo's exceptions {@code details}, and no package. */
  static String of(Throwable failure, String details) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    if (details != null) {
      return failure.getClass().getSimpleName() + " {" + details + "}: " + message;
    }
    String text = failure.getClass().getName() + ": " + message;
    return failure.getClass().getName().startsWith(CONTRACT) ? text + " " + fields(failure) : text;
  }

  private static String fields(Object bean) {
    List<String> fields = new ArrayList<>();
    for (Class<?> type = bean.getClass(); type.getName().startsWith(CONTRACT); type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          fields.add(field.getName() + ": " + of(read(field, bean)));
        }
      }
    }
    return "{" + String.join(", ", fields) + "}";
  }

  private static Object read(Field field, Object bean) {
    try {
      field.setAccessible(true);
      return field.get(bean);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(String string) {
    return string.getBytes(StandardCharsets.UTF_16BE);
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha-256 " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
