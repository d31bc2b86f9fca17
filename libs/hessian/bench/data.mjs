// The workloads. Field lists follow the User and Page beans of apache/dubbo-benchmark;
// the values are our own, with the same lengths and the same mix of ASCII and CJK text.
import assert from 'node:assert/strict';

export const CASES = {
  exist: 'existUser(): boolean, no argument',
  user: 'getUser(id): one User',
  page: 'listUser(pageNo): a Page of 15 Users',
  echo: 'sayHello(100-byte string): the same string',
};

export const INTERFACE = 'org.apache.dubbo.benchmark.service.UserService';
export const USER_CLASS = 'org.apache.dubbo.benchmark.bean.User';
export const PAGE_CLASS = 'org.apache.dubbo.benchmark.bean.Page';
export const METHOD = { exist: 'existUser', user: 'getUser', page: 'listUser', echo: 'sayHello' };

export const ECHO = 'The quick brown fox jumps over the lazy dog; '.repeat(3).slice(0, 100);
export const USER_ID = 7;
export const PAGE_NO = 3;

const BIRTHDAY = Date.UTC(1979, 3, 17);
const CREATED = Date.UTC(2026, 10, 20, 8, 30, 15, 123);

// A fresh object per call, as the benchmark's Java provider makes one.
export function makeUser(id, suffix = '') {
  return {
    id,
    name: 'Ann Bell' + suffix,
    sex: 1,
    birthday: new Date(BIRTHDAY),
    email: 'ann.bell@mail.test' + suffix,
    mobile: '13912345678' + suffix,
    address: '杭州市 西湖区 文三西路口7号 东方大楼 2046' + suffix,
    icon: 'https://static.example.test/i/logo.png' + suffix,
    permissions: [1, 2, 3, 4, 5, 6, 7, 8, 19, 88, 86, 89, 90, 91, 92],
    status: 1,
    createTime: new Date(CREATED),
    updateTime: new Date(CREATED),
  };
}

export function makePage(pageNo) {
  const result = [];
  for (let i = 0; i < 15; i++) result.push(makeUser(i, String(i)));
  return { pageNo, total: 1000, result };
}

// What a provider returns for a case, as plain objects.
export function answer(kase, arg) {
  switch (kase) {
    case 'exist':
      return true;
    case 'user':
      return makeUser(arg);
    case 'page':
      return makePage(arg);
    case 'echo':
      return arg;
  }
  throw new Error('unknown case ' + kase);
}

export const argOf = { exist: undefined, user: USER_ID, page: PAGE_NO, echo: ECHO };

// Peers carry dates in their own way (Date, ISO string, epoch ms, Long): fold them before comparing.
const ms = (v) => (typeof v === 'string' ? Date.parse(v) : Number(v));
function foldUser(u) {
  return {
    id: Number(u.id),
    name: u.name,
    sex: u.sex,
    birthday: ms(u.birthday),
    email: u.email,
    mobile: u.mobile,
    address: u.address,
    icon: u.icon,
    permissions: Array.from(u.permissions),
    status: u.status,
    createTime: ms(u.createTime),
    updateTime: ms(u.updateTime),
  };
}
export function fold(kase, v) {
  if (kase === 'user') return foldUser(v);
  if (kase === 'page') return { pageNo: v.pageNo, total: v.total, result: v.result.map(foldUser) };
  return v;
}

const want = Object.fromEntries(Object.keys(CASES).map((k) => [k, fold(k, answer(k, argOf[k]))]));

// Throws unless the value is the full, right answer of the case.
export function check(kase, value) {
  assert.deepEqual(fold(kase, value), want[kase]);
}
