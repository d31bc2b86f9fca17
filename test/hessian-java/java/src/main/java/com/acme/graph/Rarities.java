package com.acme.graph;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/** Values that one version or the other loses, refuses or writes in a way of its own. */
final class Rarities {
  private Rarities() {}

  record Point(int x, int y) implements java.io.Serializable {}

  static Object named(String name) throws Exception {
    switch (name) {
      case "-0.0": return -0.0;
      case "Optional": return Optional.of("x");
      case "List.of": return List.of(1);
      case "Set.of": return Set.of(1);
      case "Map.of": return Map.of("k", 1);
      case "iterator": return new ArrayList<>(Arrays.asList(1, 2)).iterator();
      case "enumeration": return java.util.Collections.enumeration(Arrays.asList(1, 2));
      case "URL": return new URL("http://host/path");
      case "URI, then sharing": return sharedAfter(URI.create("http://host/path"));
      case "InetAddress": return InetAddress.getByAddress("host", new byte[] {127, 0, 0, 1});
      case "InetSocketAddress": return InetSocketAddress.createUnresolved("host", 20880);
      case "LongAdder": {
        LongAdder adder = new LongAdder();
        adder.add(7);
        return adder;
      }
      case "UUID, then sharing": return sharedAfter(new UUID(1, 2));
      case "Calendar twice": {
        Calendar calendar = new GregorianCalendar(2020, Calendar.JANUARY, 1);
        return new ArrayList<>(Arrays.asList(calendar, calendar));
      }
      case "UUID twice": {
        UUID uuid = new UUID(1, 2);
        return new ArrayList<>(Arrays.asList(uuid, uuid));
      }
      case "Timestamp": return java.sql.Timestamp.valueOf("2020-01-02 03:04:05.123456789");
      case "record": return new Point(3, 4);
      case "StringBuilder": return new StringBuilder("text");
      case "Object": return new Object();
      case "Properties": {
        Properties properties = new Properties(System.getProperties());
        properties.setProperty("own", "value");
        return properties;
      }
      case "floats": {
        Floats floats = new Floats();
        floats.one = 0.1f;
        floats.between = 7;
        floats.two = 2.5f;
        floats.boxed = 0.1f;
        return floats;
      }
      case "Float": return 0.1f;
      case "char": return 'c';
      case "byte": return (byte) 5;
      default: throw new IllegalArgumentException("no value is called " + name);
    }
  }

  private static List<Object> sharedAfter(Object value) {
    List<Object> shared = new ArrayList<>(Arrays.asList(1));
    return new ArrayList<>(Arrays.asList(value, shared, shared));
  }
}
