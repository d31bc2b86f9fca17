package com.acme.interop;

import com.acme.interop.Dubbo.Target;
import com.acme.interop.api.Address;
import com.acme.interop.api.Employee;
import com.acme.interop.api.InteropService;
import com.acme.interop.api.NewsListener;
import com.acme.interop.api.NewsService;
import com.acme.interop.api.NoSuchEmployee;
import com.acme.interop.api.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Every call of the interop matrix with its expected outcome, whoever provides the service. The Node consumer has the
 * same list under the same names; the run compares the names. Long because it is a list.
 */
final class Checks {
  private static final String API = "com.acme.interop.api.";

  private final List<Check> checks = new ArrayList<>();
  private final Dubbo dubbo;
  private final Target target;
  private final InteropService stub;

  Checks(Dubbo dubbo, Target target) {
    this.dubbo = dubbo;
    this.target = target;
    this.stub = dubbo.refer(target);
  }

  List<Check> all() {
    values();
    collections();
    beans();
    overloads();
    exceptions();
    contexts();
    groupAndVersion();
    callbacks();
    concurrency();
    generics();
    return checks;
  }

  private void values() {
    gives("no arguments", "pong", "ping");

    gives("boolean", false, "not", true);
    gives("boolean", true, "not", false);
    gives("byte", (byte) -127, "nextByte", Byte.MIN_VALUE);
    gives("byte", Byte.MAX_VALUE, "nextByte", (byte) 126);
    gives("short", (short) -32767, "nextShort", Short.MIN_VALUE);
    gives("short", Short.MAX_VALUE, "nextShort", (short) 32766);
    gives("int", -2147483647, "nextInt", Integer.MIN_VALUE);
    gives("int", 0, "nextInt", -1);
    gives("int", Integer.MAX_VALUE, "nextInt", 2147483646);
    gives("long", 0L, "nextLong", -1L);
    gives("long", 2147483648L, "nextLong", 2147483647L);
    gives("long beyond 2^53", 9007199254740994L, "nextLong", 9007199254740993L);
    gives("long beyond 2^53", Long.MAX_VALUE, "nextLong", Long.MAX_VALUE - 1);
    gives("long beyond 2^53", Long.MIN_VALUE + 1, "nextLong", Long.MIN_VALUE);
    gives("float", -1.5f, "negateFloat", 1.5f);
    gives("float", 0.1f, "negateFloat", -0.1f);
    gives("float", -Float.MAX_VALUE, "negateFloat", Float.MAX_VALUE);
    gives("double", -0.1, "negateDouble", 0.1);
    gives("double", 12.345, "negateDouble", -12.345);
    gives("double", -Double.MAX_VALUE, "negateDouble", Double.MAX_VALUE);
    gives("double", Double.NEGATIVE_INFINITY, "negateDouble", Double.POSITIVE_INFINITY);
    gives("double", Double.NaN, "negateDouble", Double.NaN);
    gives("char", 'b', "nextChar", 'a');
    gives("char", '語', "nextChar", (char) ('語' - 1));

    gives("Boolean", false, "notBoxed", true);
    gives("Byte", (byte) -127, "nextByteBoxed", Byte.MIN_VALUE);
    gives("Short", (short) 1000, "nextShortBoxed", (short) 999);
    gives("Integer", 1000000, "nextIntBoxed", 999999);
    gives("Long", 42L, "nextLongBoxed", 41L);
    gives("Long", 9007199254740994L, "nextLongBoxed", 9007199254740993L);
    gives("Float", -2.25f, "negateFloatBoxed", 2.25f);
    gives("Double", -2.5, "negateDoubleBoxed", 2.5);
    gives("Character", 'é', "nextCharBoxed", (char) ('é' - 1));

    gives("String", "plain!", "shout", "plain");
    gives("String", "!", "shout", "");
    gives("String", "grüße, 日本語 and \0 zero!", "shout", "grüße, 日本語 and \0 zero");
    gives("String with emoji", "😀 and 👩‍👩‍👧!", "shout", "😀 and 👩‍👩‍👧");
    gives("String with emoji", "a😀".repeat(30000) + "!", "shout", "a😀".repeat(30000));
    gives("byte[]", new byte[] {-1, 0, 127, -128}, "reverseBytes", new byte[] {-128, 127, 0, -1});
    gives("byte[]", new byte[0], "reverseBytes", new byte[0]);
    gives("byte[]", bytes(200000, true), "reverseBytes", bytes(200000, false));

    gives("enum", State.ON_LEAVE, "nextState", State.HIRED);
    gives("enum", State.HIRED, "nextState", State.RETIRED);
    gives("Date", date("2024-02-29T12:34:56.789Z"), "nextDay", date("2024-02-28T12:34:56.789Z"));
    gives("Date", date("2024-03-01T00:01:00Z"), "nextDay", date("2024-02-29T00:01:00Z"));
    gives("Date", date("1900-01-01T00:00:00.001Z"), "nextDay", date("1899-12-31T00:00:00.001Z"));
    gives("BigDecimal", new BigDecimal("-123456789012345678901234567890.120"), "negate", new BigDecimal("123456789012345678901234567890.120"));
    gives("BigDecimal", new BigDecimal("0.00"), "negate", new BigDecimal("0.00"));
    gives("BigDecimal", new BigDecimal("-1E+30"), "negate", new BigDecimal("1E+30"));

    for (String method : List.of("notBoxed", "nextByteBoxed", "nextShortBoxed", "nextIntBoxed", "nextLongBoxed", "negateFloatBoxed",
        "negateDoubleBoxed", "nextCharBoxed", "shout", "reverseBytes", "reverseList", "extendSet", "nextCounts", "promote", "nextState",
        "nextDay", "negate")) {
      gives("null", null, method, (Object) null);
    }
  }

  private void collections() {
    gives("int[]", new int[] {2, 0, Integer.MAX_VALUE}, "nextInts", new int[] {1, -1, 2147483646});
    gives("int[]", new int[0], "nextInts", new int[0]);
    gives("long[]", new long[] {2, 9007199254740994L}, "nextLongs", new long[] {1, 9007199254740993L});
    gives("String[]", new String[] {"", null, "b", "😀"}, "reverseTexts", (Object) new String[] {"😀", "b", null, ""});
    gives("int[][]", new int[][] {{1, 4}, {2, 5}, {3, 6}}, "transpose", (Object) new int[][] {{1, 2, 3}, {4, 5, 6}});
    gives("bean[]", new Employee[] {null, ada()}, "reverseEmployees", (Object) new Employee[] {ada(), null});

    gives("List<String>", listOf("c", null, "a"), "reverseList", listOf("a", null, "c"));
    gives("List<String>", listOf(), "reverseList", listOf());
    gives("List<String>", reversed(manyTexts()), "reverseList", manyTexts());
    gives("List<Long>", listOf(2L, null, 9007199254740994L), "nextLongList", listOf(1L, null, 9007199254740993L));
    gives("Set<String>", setOf("a", "b", "new"), "extendSet", setOf("a", "b"));
    gives("Map<String, Integer>", mapOf("a", 2, "", 0), "nextCounts", mapOf("a", 1, "", -1));
    gives("Map<Long, bean>", mapOf(8L, adaPromoted()), "promoteAll", mapOf(7L, ada()));
  }

  private void beans() {
    gives("bean with superclass and nested beans", adaPromoted(), "promote", ada());
    gives("bean with nothing set", nobodyPromoted(), "promote", new Employee());
  }

  private void overloads() {
    gives("overloaded methods", "find()", "find()");
    gives("overloaded methods", "find(int 7)", "find(int)", 7);
    gives("overloaded methods", "find(long 7)", "find(long)", 7L);
    gives("overloaded methods", "find(Integer 7)", "find(Integer)", 7);
    gives("overloaded methods", "find(String ada)", "find(String)", "ada");
    gives("overloaded methods", "find(String ada, int 7)", "find(String, int)", "ada", 7);
  }

  private void exceptions() {
    fails("declared exception", API + "NoSuchEmployee: nobody is called ada {code: java.lang.Integer 404}", "hire", "ada");
    fails("undeclared exception of the contract's jar", API + "EmployeeLocked: ada is locked {}", "unlock", "ada");
    fails("undeclared exception of the JDK", "java.lang.IllegalStateException: größer 😀", "failInJava", "größer 😀");
    fails("undeclared exception of another jar",
        "java.lang.RuntimeException: io.netty.util.IllegalReferenceCountException: boom", "failInAnotherJar", "boom");
    fails("timeout",
        "RpcException {code: 2}: Failed to invoke the method sleep in the service " + API + "InteropService. Tried 1 times of the providers …", "sleep", 1500);
    gives("timeout", "slept", "sleep", 10);
  }

  private void contexts() {
    String key = UUID.randomUUID().toString();
    gives("void", null, "remember", key, "kept");
    gives("void", "kept", "remembered", key);
    String oneWayKey = UUID.randomUUID().toString();
    gives("one-way", null, "tell", oneWayKey, "told 😀");
    check("one-way", "remembered, until it is there", "told 😀", () -> {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      String note = stub.remembered(oneWayKey);
      while (note == null && System.nanoTime() < deadline) {
        Thread.sleep(10);
        note = stub.remembered(oneWayKey);
      }
      return note;
    });

    check("request attachments", "readAttachment(trace)", "id 😀", () -> {
      dubbo.attach("trace", "id 😀");
      return stub.readAttachment("trace");
    });
    check("request attachments", "readAttachment(trace) of the next call", null, () -> stub.readAttachment("trace"));
    check("response attachments", "answerAttachment(served-by)", "null, with node 7 😀", () -> {
      String answer = stub.answerAttachment("served-by", "node 7 😀");
      return answer + ", with " + dubbo.receivedAttachment("served-by");
    });

    check("$echo", "$echo(String)", "hello 😀", () -> dubbo.echo(stub, "hello 😀"));
    check("$echo", "$echo(Long)", 9007199254740993L, () -> dubbo.echo(stub, 9007199254740993L));
    check("$echo", "$echo(bean)", ada(), () -> dubbo.echo(stub, ada()));
    check("$echo", "$echo(null)", null, () -> dubbo.echo(stub, null));
  }

  /** Many callers on one connection, short and long answers mixed: each gets its own. */
  private void concurrency() {
    check("1000 concurrent calls", "shout, by 50 threads", 1000, () -> {
      ExecutorService callers = Executors.newFixedThreadPool(50);
      try {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          String text = "call " + i + " ".repeat(i % 7 * 1000);
          answers.add(callers.submit(() -> stub.shout(text).equals(text + "!")));
        }
        int right = 0;
        for (Future<Boolean> answer : answers) {
          right += answer.get() ? 1 : 0;
        }
        return right;
      } finally {
        callers.shutdown();
      }
    });
  }

  private void groupAndVersion() {
    check("group and version", "shout, of group blue, version 1.0.0", "blue!", () -> dubbo.referGroupAndVersion(target).shout("blue"));
  }

  private void callbacks() {
    String topic = UUID.randomUUID().toString();
    NewsService news = dubbo.referNews(target);
    Reader reader = new Reader();
    Reader other = new Reader();
    check("callback argument", "subscribe", 1, () -> news.subscribe(topic, reader));
    check("callback argument", "greeted, while subscribe was served", true, () -> topic.equals(reader.greeting));
    check("callback argument", "publish", "reads of Ada 😀, 9007199254740993", () -> news.publish(topic, ada()));
    check("callback argument passed again", "subscribe", 1, () -> news.subscribe(topic, reader));
    check("exception of a callback", "publish", "NoSuchEmployee 404: no news", () -> news.publish(topic, null));
    check("one callback too many", "subscribe", true, () -> {
      try {
        return news.subscribe(topic, other);
      } catch (RuntimeException refused) {
        return traceOf(refused).contains("callback instances num exceed providers limit :1 ,current num: 2");
      }
    });
    check("callback released", "unsubscribe", true, () -> news.unsubscribe(topic, reader));
    check("callback released", "subscribe, of another", 1, () -> news.subscribe(topic, other));
    check("callback released", "publish, to the other", "reads of Ada 😀, 9007199254740993", () -> news.publish(topic, ada()));
    check("callback released", "unsubscribe, of the other", true, () -> news.unsubscribe(topic, other));
  }

  private static final class Reader implements NewsListener {
    volatile String greeting;

    @Override
    public void greeted(String topic) {
      greeting = topic;
    }

    @Override
    public String published(Employee subject) throws NoSuchEmployee {
      if (subject == null) {
        throw new NoSuchEmployee("no news", 404);
      }
      return "reads of " + subject.getName() + ", " + subject.getId();
    }
  }

  private static String traceOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private void generics() {
    generic("no arguments", "pong", "ping", new String[0]);
    generic("int", 42, "nextInt", new String[] {"int"}, 41);
    generic("overload", "find(String ada, int 7)", "find", new String[] {"java.lang.String", "int"}, "ada", 7);
    generic("double", -2.0, "negateDouble", new String[] {"double"}, 2.0);
    generic("array", new int[] {2, 3}, "nextInts", new String[] {"int[]"}, (Object) new int[] {1, 2});
    generic("array of text", new String[] {"b", "a"}, "reverseTexts", new String[] {"java.lang.String[]"}, (Object) new String[] {"a", "b"});
    generic("list", listOf(2L), "nextLongList", new String[] {"java.util.List"}, listOf(1L));
    generic("set", setOf("a", "new"), "extendSet", new String[] {"java.util.Set"}, setOf("a"));
    generic("date", date("2024-02-29T00:00:00Z"), "nextDay", new String[] {"java.util.Date"}, date("2024-02-28T00:00:00Z"));
    generic("decimal", new BigDecimal("-1.20"), "negate", new String[] {"java.math.BigDecimal"}, new BigDecimal("1.20"));
    generic("enum", "ON_LEAVE", "nextState", new String[] {API + "State"}, "HIRED");
    check("generic invocation", "$invoke(promote), bean", "class " + API + "Employee, name Ada!, level 1, rating java.lang.Double -4.0, "
        + "street Main Street!, state null", () -> {
      Map<?, ?> employee = (Map<?, ?>) dubbo.invokeGenerically(target, "promote", new String[] {API + "Employee"}, adaGeneric());
      return "class " + employee.get("class") + ", name " + employee.get("name") + ", level " + employee.get("level") + ", rating "
          + Text.of(employee.get("rating")) + ", street " + ((Map<?, ?>) employee.get("address")).get("street") + ", state "
          + employee.get("state");
    });
    check("generic invocation", "$invoke(reverseEmployees), array of beans", "Object[]: Ada and null", () -> {
      Object employees = dubbo.invokeGenerically(target, "reverseEmployees", new String[] {API + "Employee[]"},
          (Object) new Object[] {null, adaGeneric()});
      return employees.getClass().getSimpleName() + ": " + ((Map<?, ?>) Array.get(employees, 0)).get("name") + " and "
          + Array.get(employees, 1);
    });
    checks.add(new Check("generic invocation", "$invoke(hire)",
        "GenericException {exceptionClass: " + API + "NoSuchEmployee, exceptionMessage: nobody is called ada}: …",
        () -> dubbo.invokeGenerically(target, "hire", new String[] {"java.lang.String"}, "ada")));
  }

  private void gives(String name, Object expected, String method, Object... arguments) {
    check(name, method, expected, () -> call(method, arguments));
  }

  private void fails(String name, String expected, String method, Object... arguments) {
    checks.add(new Check(name, method, expected, () -> call(method, arguments)));
  }

  private void generic(String what, Object expected, String method, String[] types, Object... arguments) {
    check("generic invocation", "$invoke(" + method + "), " + what, expected, () -> dubbo.invokeGenerically(target, method, types, arguments));
  }

  private void check(String name, String call, Object expected, Check.Action action) {
    checks.add(new Check(name, call, Text.of(expected), action));
  }

  /** {@code method} is a name, with the simple names of its parameter types where it is overloaded. */
  private Object call(String method, Object... arguments) throws Throwable {
    for (Method candidate : InteropService.class.getMethods()) {
      String types = Arrays.stream(candidate.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
      if (method.equals(candidate.getName()) || method.equals(candidate.getName() + types)) {
        try {
          return candidate.invoke(stub, arguments);
        } catch (InvocationTargetException thrown) {
          throw thrown.getCause();
        }
      }
    }
    throw new IllegalArgumentException("the contract has no method " + method);
  }

  private static Map<String, Object> adaGeneric() {
    Map<String, Object> address = mapOf("class", API + "Address", "street", "Main Street", "number", 1);
    return mapOf("class", API + "Employee", "name", "Ada", "rating", 4.0, "address", address);
  }

  private static Employee ada() {
    Employee ada = new Employee();
    ada.setId(9007199254740993L);
    ada.setName("Ada 😀");
    ada.setAddress(new Address("Main Street", 1));
    ada.setLevel(3);
    ada.setRating(4.25);
    ada.setRemote(true);
    ada.setBadge(17L);
    ada.setSalary(new BigDecimal("1234.50"));
    ada.setHiredAt(date("2020-01-31T08:00:00Z"));
    ada.setState(State.HIRED);
    ada.setPhoto(new byte[] {1, 2, 3});
    ada.setSkills(listOf("java", "nest"));
    ada.setHours(mapOf("mon", 8, "tue", 7));
    Employee mentor = new Employee();
    mentor.setName("Grace");
    mentor.setState(State.RETIRED);
    ada.setMentor(mentor);
    return ada;
  }

  private static Employee adaPromoted() {
    Employee promoted = ada();
    promoted.setId(9007199254740994L);
    promoted.setName("Ada 😀!");
    promoted.setAddress(new Address("Main Street!", 2));
    promoted.setLevel(4);
    promoted.setRating(-4.25);
    promoted.setRemote(false);
    promoted.setBadge(18L);
    promoted.setSalary(new BigDecimal("-1234.50"));
    promoted.setHiredAt(date("2020-02-01T08:00:00Z"));
    promoted.setState(State.ON_LEAVE);
    promoted.setPhoto(new byte[] {3, 2, 1});
    promoted.setSkills(listOf("nest", "java"));
    promoted.setHours(mapOf("mon", 9, "tue", 8));
    return promoted;
  }

  private static Employee nobodyPromoted() {
    Employee nobody = new Employee();
    nobody.setId(1);
    nobody.setLevel(1);
    nobody.setRating(0.0); // Hessian has no negative zero.
    nobody.setRemote(true);
    return nobody;
  }

  private static Date date(String instant) {
    return Date.from(Instant.parse(instant));
  }

  private static byte[] bytes(int length, boolean reversed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[reversed ? length - 1 - i : i] = (byte) (i * 31);
    }
    return bytes;
  }

  private static List<String> manyTexts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add("text " + i);
    }
    return texts;
  }

  private static List<String> reversed(List<String> texts) {
    List<String> reversed = new ArrayList<>(texts);
    Collections.reverse(reversed);
    return reversed;
  }

  @SafeVarargs
  private static <T> List<T> listOf(T... values) {
    return new ArrayList<>(Arrays.asList(values));
  }

  private static Set<String> setOf(String... values) {
    return new HashSet<>(Arrays.asList(values));
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Map<K, V> mapOf(Object... keysAndValues) {
    Map<K, V> map = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((K) keysAndValues[i], (V) keysAndValues[i + 1]);
    }
    return map;
  }
}
