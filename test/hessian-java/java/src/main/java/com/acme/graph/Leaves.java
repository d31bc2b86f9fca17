package com.acme.graph;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Random values that refer to nothing. */
final class Leaves {
  private static final int[] INTS = {
    0, 1, -1, -16, -17, 47, 48, -2048, -2049, 2047, 2048, -262144, -262145, 262143, 262144, Integer.MAX_VALUE, Integer.MIN_VALUE
  };
  private static final long[] LONGS = {
    0, 1, -1, -8, -9, 15, 16, -2048, -2049, 2047, 2048, -262144, -262145, 262143, 262144, Integer.MAX_VALUE, Integer.MIN_VALUE,
    1L << 31, -(1L << 31) - 1, 1L << 53, (1L << 53) + 1, -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE
  };
  // No -0.0: Java's writer drops its sign.
  private static final double[] DOUBLES = {
    0, 1, -1, 127, 128, -128, -129, 32767, 32768, -32768, -32769, 40000, 0.1, 0.001, 1e-4, 1.5, 12.345, -0.5, 2147483.647, 2147483.648, 1e10,
    9007199254740992.0, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };
  private static final String[] PIECES = {
    "a", "Zz", "\0", "\u007f", "\u0080", "é", "\u07ff", "\u0800", "中", "\uffff", "😀", "\ud800", "\udfff", "\udc00\ud83d", "\\\"", " ", "0", "17"
  };
  private static final int[] LENGTHS = {0, 1, 31, 32, 255, 256, 1023, 1024};
  private static final String[] ZONES = {"Europe/Berlin", "Asia/Shanghai", "America/New_York", "UTC", "+05:30", "Z"};
  private static final Class<?>[] CLASSES = {String.class, int.class, int[].class, Branch.Twig.class, Color.class, Object[].class};

  final Random random;
  private final boolean fractions;

  /** With fractions no double is a whole number unless a double is asked for. */
  Leaves(Random random, boolean fractions) {
    this.random = random;
    this.fractions = fractions;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int many) {
    return below(many) == 0;
  }

  /** Any value that equals a copy of itself, and so may be a key. */
  Object key() {
    return below(3) == 0 ? value() : below(2) == 0 ? string() : (Object) (int) integer();
  }

  /** Any of them but those that the versions count unevenly. */
  Object any() {
    switch (below(12)) {
      case 0: return null;
      case 1: return bytes();
      case 2: return bits();
      case 3: return new AtomicInteger(integer());
      case 4: return new AtomicLong(longInteger());
      case 5: return new AtomicBoolean(random.nextBoolean());
      default: return oneIn(4) ? key() : value();
    }
  }

  /** Those after which Java's versions count references differently. */
  Object uneven() {
    switch (below(3)) {
      case 0: return URI.create("dubbo://host:20880/com.acme.Api?version=" + integer());
      case 1: {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.setTime(date());
        return calendar;
      }
      default: return uuid();
    }
  }

  private Object value() {
    switch (below(32)) {
      case 0: return random.nextBoolean();
      case 1: return integer();
      case 2: return longInteger();
      case 3: return fractions ? below(1000) + 0.5 : real();
      case 4: return string();
      case 5: return date();
      case 6: return decimal();
      case 7: return bigInteger();
      case 8: return color();
      case 9: return DayOfWeek.of(1 + below(7));
      case 10: return Month.of(1 + below(12));
      case 11: return TimeUnit.values()[below(7)];
      case 12: return localDate();
      case 13: return localTime();
      case 14: return localDateTime();
      case 15: return instant();
      case 16: return duration();
      case 17: return period();
      case 18: return year();
      case 19: return yearMonth();
      case 20: return monthDay();
      case 21: return offset();
      case 22: return ZoneId.of("Europe/Berlin");
      case 23: return offsetTime();
      case 24: return offsetDateTime();
      case 25: return zonedDateTime();
      case 26: return locale();
      case 27: return currency();
      case 28: return type();
      case 29: return new File("/tmp/" + below(9) + "/ü");
      case 30: return new java.sql.Date(date().getTime());
      default: return oneIn(2) ? new java.sql.Time(date().getTime()) : timestamp();
    }
  }

  int integer() {
    return oneIn(2) ? INTS[below(INTS.length)] : random.nextInt() >> below(32);
  }

  long longInteger() {
    return oneIn(2) ? LONGS[below(LONGS.length)] : random.nextLong() >> below(64);
  }

  double real() {
    switch (below(4)) {
      case 0: return DOUBLES[below(DOUBLES.length)];
      case 1: return integer() == 0 ? 0.25 : integer() * 0.001 + 0.0;
      case 2: return random.nextGaussian();
      default: {
        double real = Double.longBitsToDouble(random.nextLong());
        // Any NaN is the one NaN here.
        return real == 0 || Double.isNaN(real) ? Double.NaN : real;
      }
    }
  }

  float single() {
    float single = oneIn(2) ? (float) DOUBLES[below(DOUBLES.length)] : Float.intBitsToFloat(random.nextInt());
    return single == 0 ? 0 : single;
  }

  char letter() {
    return PIECES[below(PIECES.length)].charAt(0);
  }

  String string() {
    if (oneIn(400)) {
      return longString();
    }
    int length = oneIn(20) ? LENGTHS[below(LENGTHS.length)] : below(12);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(PIECES[below(PIECES.length)]);
    }
    return text.toString();
  }

  // Across the borders of chunks, which do not part a pair.
  private String longString() {
    StringBuilder text = new StringBuilder();
    int length = 0x8000 * (1 + below(3)) + below(5) - 2;
    String piece = PIECES[below(PIECES.length)];
    text.append("x".repeat(below(2)));
    while (text.length() < length) {
      text.append(piece);
    }
    return text.toString();
  }

  byte[] bytes() {
    byte[] bytes = new byte[oneIn(300) ? 4000 + below(16000) : oneIn(4) ? LENGTHS[below(LENGTHS.length)] : below(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  Date date() {
    switch (below(4)) {
      case 0: return new Date(below(1000) * 60_000L);
      case 1: return new Date(-below(1_000_000) * 60_000L);
      case 2: return new Date(random.nextLong() >> 13);
      default: return new Date(1_700_000_000_000L + below(1_000_000_000));
    }
  }

  /** Of whole milliseconds: hessian-lite drops the rest. */
  java.sql.Timestamp timestamp() {
    return new java.sql.Timestamp(date().getTime());
  }

  BigDecimal decimal() {
    return new BigDecimal(bigInteger(), below(40) - 20);
  }

  BigInteger bigInteger() {
    return oneIn(3) ? BigInteger.valueOf(longInteger()) : new BigInteger(below(200), random).multiply(BigInteger.valueOf(below(3) - 1));
  }

  Color color() {
    return Color.values()[below(3)];
  }

  EnumSet<Color> palette() {
    EnumSet<Color> palette = EnumSet.noneOf(Color.class);
    for (Color color : Color.values()) {
      if (oneIn(2)) {
        palette.add(color);
      }
    }
    return palette;
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  LocalDate localDate() {
    return LocalDate.ofEpochDay(below(200_000) - 100_000);
  }

  LocalTime localTime() {
    return LocalTime.of(below(24), below(60), below(60), oneIn(2) ? 0 : below(1_000_000_000));
  }

  LocalDateTime localDateTime() {
    return LocalDateTime.of(localDate(), localTime());
  }

  Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), below(1_000_000_000));
  }

  Duration duration() {
    return Duration.ofSeconds(longInteger() >> 1, below(1_000_000_000));
  }

  Period period() {
    return Period.of(integer() >> 4, below(30) - 15, integer() >> 4);
  }

  Year year() {
    return Year.of(below(4000) - 1000);
  }

  YearMonth yearMonth() {
    return YearMonth.of(below(4000) - 1000, 1 + below(12));
  }

  MonthDay monthDay() {
    return MonthDay.of(1 + below(12), 1 + below(28));
  }

  ZoneOffset offset() {
    return ZoneOffset.ofTotalSeconds(below(36 * 3600 + 1) - 18 * 3600);
  }

  ZoneId zone() {
    return ZoneId.of(ZONES[below(4)]);
  }

  OffsetTime offsetTime() {
    return OffsetTime.of(localTime(), offset());
  }

  OffsetDateTime offsetDateTime() {
    return OffsetDateTime.of(localDateTime(), offset());
  }

  ZonedDateTime zonedDateTime() {
    return ZonedDateTime.of(localDateTime(), ZoneId.of(ZONES[below(ZONES.length)]));
  }

  Locale locale() {
    return oneIn(2) ? Locale.SIMPLIFIED_CHINESE : oneIn(2) ? Locale.GERMAN : new Locale("de", "CH", "1996");
  }

  Currency currency() {
    return Currency.getInstance(oneIn(2) ? "CNY" : "EUR");
  }

  BitSet bits() {
    BitSet bits = new BitSet();
    for (int i = below(5); i > 0; i--) {
      bits.set(below(200));
    }
    return bits;
  }

  Class<?> type() {
    return CLASSES[below(CLASSES.length)];
  }
}
