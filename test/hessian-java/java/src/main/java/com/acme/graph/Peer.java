package com.acme.graph;

import com.alibaba.com.caucho.hessian.io.Hessian2Input;
import com.alibaba.com.caucho.hessian.io.Hessian2Output;
import com.alibaba.com.caucho.hessian.io.SerializerFactory;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers requests on stdin by stdout until stdin closes. A request is its length (int), a letter and what the letter
 * needs; an answer is its length, 0 or 1 for failed, and bytes or text.
 */
public final class Peer {
  // Without Dubbo's checks of class names, which are not what is tested.
  private static final SerializerFactory FACTORY = new SerializerFactory();

  private Peer() {}

  public static void main(String[] args) throws IOException {
    Logger.getLogger("").setLevel(Level.OFF);
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
    while (true) {
      byte[] request;
      try {
        request = in.readNBytes(in.readInt());
      } catch (EOFException end) {
        return;
      }
      byte[] answer;
      boolean failed = false;
      try {
        answer = answer((char) request[0], ByteBuffer.wrap(request, 1, request.length - 1).slice());
      } catch (Throwable failure) {
        failed = true;
        answer = text(failure.toString());
      }
      out.writeInt(answer.length + 1);
      out.writeByte(failed ? 1 : 0);
      out.write(answer);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private static byte[] answer(char letter, ByteBuffer request) throws Exception {
    switch (letter) {
      case 'E': // echo: a body, back comes one
        return write(read(rest(request), null));
      case 'D': { // describe: the name of the class expected or nothing, a body
        String name = name(request);
        Class<?> expected = name.isEmpty() ? null : Class.forName(name);
        return text(Describe.exactly(read(rest(request), expected)));
      }
      case 'G': { // generate: seed, size, options; back comes a body that Java itself reads as it wrote it
        Object made = new Graphs(request.getLong(), request.getInt(), request.get()).make();
        byte[] body = write(made);
        requireSame(Describe.structure(made), Describe.structure(read(body, null)));
        return body;
      }
      case 'C': { // compare: whether exactly, the length of a body, that body, another
        boolean exactly = request.get() == 1;
        byte[] first = new byte[request.getInt()];
        request.get(first);
        Object expected = read(first, null);
        Object actual = read(rest(request), null);
        if (exactly) {
          requireSame(Describe.exactly(expected), Describe.exactly(actual));
        } else {
          requireSame(Describe.content(expected), Describe.content(actual));
        }
        return new byte[0];
      }
      case 'W': // write: the name of a value; back comes what Java writes for it
        return write(Rarities.named(name(request)));
      default:
        throw new IllegalArgumentException("no request has the letter " + letter);
    }
  }

  private static void requireSame(String expected, String actual) {
    int at = Arrays.mismatch(expected.toCharArray(), actual.toCharArray());
    if (at >= 0) {
      throw new IllegalStateException("not the same:\n  " + around(at, expected) + "\n  " + around(at, actual));
    }
  }

  private static String around(int at, String text) {
    return "…" + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 150)) + "…";
  }

  private static Object read(byte[] body, Class<?> expected) throws IOException {
    InputStream bytes = new ByteArrayInputStream(body);
    Hessian2Input in = new Hessian2Input(bytes);
    in.setSerializerFactory(FACTORY);
    Object value = expected == null ? in.readObject() : in.readObject(expected);
    boolean more;
    try {
      in.readObject();
      more = true;
    } catch (EOFException end) {
      more = false;
    }
    if (more) {
      throw new IllegalStateException("there are bytes behind the value");
    }
    return value;
  }

  private static byte[] write(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Hessian2Output out = new Hessian2Output(bytes);
    out.setSerializerFactory(FACTORY);
    out.writeObject(value);
    out.flushBuffer();
    return bytes.toByteArray();
  }

  private static String name(ByteBuffer request) {
    byte[] name = new byte[request.get()];
    request.get(name);
    return new String(name, StandardCharsets.UTF_8);
  }

  private static byte[] rest(ByteBuffer request) {
    byte[] rest = new byte[request.remaining()];
    request.get(rest);
    return rest;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
