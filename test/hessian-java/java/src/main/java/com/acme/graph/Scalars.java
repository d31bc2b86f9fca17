package com.acme.graph;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;

/** Every kind of scalar field. No primitive float: hessian-lite 4.0.3 corrupts it, see {@link Floats}. */
public class Scalars implements Serializable {
  private static final long serialVersionUID = 1;

  boolean flag;
  byte tiny;
  short small;
  int number;
  long big;
  double real;
  char letter;
  Boolean boxedFlag;
  Byte boxedTiny;
  Short boxedSmall;
  Integer boxedNumber;
  Long boxedBig;
  Float boxedFloat;
  Double boxedReal;
  Character boxedLetter;
  String text;
  Date date;
  java.sql.Date day;
  java.sql.Timestamp moment;
  byte[] bytes;
  BigDecimal decimal;
  BigInteger integer;
  Color color;
}
