import { setTimeout as sleep } from 'node:timers/promises';
import type { Narrator } from './narrator.js';
import type { Answer, Stage } from './stage.js';

/** One thing that the demo shows. */
export interface Scene {
  readonly title: string;
  /** Rejects if it did not go as told. */
  play(stage: Stage, tell: Narrator): Promise<void>;
}

/** A page as the web application answers it: bigint and BigDecimal are text. */
interface Page {
  readonly product: { readonly id: string; readonly name: string; readonly price: string };
  readonly comments: readonly Comment[];
}

interface Comment {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  /** Process id; 0 for the mock. */
  readonly servedBy: number;
}

/** An exception as the web application answers it. */
interface Refusal {
  readonly exception: string;
  readonly message: string;
  readonly productId: string;
  readonly word?: string;
}

const patienceMs = 15_000;

const pageWithComments: Scene = {
  title: 'A page with comments',
  async play(stage, tell) {
    // Who has just started may not have been found yet.
    await servedByAll(stage, stage.comments);
    tell.say('GET /products/1: web asks product, and product asks one of the two comment processes.');
    const { body } = await stage.get<Page>('/products/1');
    show(tell, body);
    const [first] = body.comments;
    tell.claim('The price kept its scale: a BigDecimal, 24.90 and not 24.9.', body.product.price === '24.90', body);
    tell.claim(
      'The id of the first comment kept all its digits: a bigint, where a JavaScript number ends with 2.',
      first?.id === '9007199254740993',
      body,
    );
    const served = await servedByAll(stage, stage.comments, 20);
    const shares = [...served].map(([pid, pages]) => `${pid} served ${pages} pages`).join(', ');
    tell.claim(`Both comment processes take part: ${shares}.`, served.size === 2, shares);
  },
};

const slowService: Scene = {
  title: 'The comment service is slow',
  async play(stage, tell) {
    tell.say('GET /products/2: loading these comments takes 5 seconds, but product waits 800 ms and has a mock.');
    const answer = await stage.get<Page>('/products/2');
    show(tell, answer.body);
    tell.claim('The comments are those of the mock.', servedBy(answer) === 0, answer.body);
    const { elapsedMs } = answer;
    tell.claim(`The page took ${elapsedMs} ms, not 5 seconds.`, elapsedMs >= 800 && elapsedMs < 5_000, elapsedMs);
  },
};

const deadProcess: Scene = {
  title: 'A comment process dies',
  async play(stage, tell) {
    const [victim, survivor] = stage.comments;
    tell.say(`kill -9 ${victim}`);
    await stage.killComment(victim!);
    const next = await stage.get<Page>('/products/1');
    tell.claim(`The next page has its comments from ${survivor}.`, servedBy(next) === survivor, next.body);
    const others: (number | undefined)[] = [];
    for (let page = 0; page < 10; page++) others.push(servedBy(await stage.get<Page>('/products/1')));
    tell.claim(
      'So have the ten pages after it: nobody saw the mock, or an error.',
      others.every((pid) => pid === survivor),
      others,
    );
  },
};

const businessException: Scene = {
  title: 'A business exception arrives as itself',
  async play(stage, tell) {
    const text = 'Win in our casino!';
    tell.say(`POST /products/1/comments "${text}": comment throws a CommentRejected, product lets it pass.`);
    const { status, body } = await stage.post<Refusal>('/products/1/comments', { author: 'Mallory', text });
    tell.show(`${status} ${body.message}`);
    tell.claim(
      'Web caught it as the class CommentRejected, two services away.',
      status === 422 && body.exception === 'com.acme.comment.CommentRejected',
      body,
    );
    tell.claim(
      `Its fields came along: word "${body.word}", product ${body.productId}.`,
      body.word === 'casino' && body.productId === '1',
      body,
    );
    const missing = await stage.get<Refusal>('/products/7');
    tell.claim(
      `So does product's own: GET /products/7 answers ${missing.status}, "${missing.body.message}".`,
      missing.status === 404 && missing.body.exception === 'com.acme.product.ProductNotFound',
      missing.body,
    );
  },
};

const comeback: Scene = {
  title: 'The dead process is back',
  async play(stage, tell) {
    const [survivor] = stage.comments;
    const pid = await stage.startComment();
    tell.say(`Started the comment service again: process ${pid}.`);
    const served = await servedByAll(stage, [pid]);
    tell.claim(`Product has found it: ${pid} serves pages again.`, served.has(pid), [...served.keys()]);
    const both = await servedByAll(stage, [pid, survivor!]);
    tell.claim(`${survivor} goes on serving its share.`, both.has(survivor!), [...both.keys()]);
  },
};

/** What the demo shows, in this order: each scene begins where the one before ended. */
export const scenes: readonly Scene[] = [pageWithComments, slowService, deadProcess, businessException, comeback];

/**
 * Asks for pages, `atLeast` so many, until each of these processes has served one; resolves to how many each has. The mock
 * does not count.
 */
async function servedByAll(stage: Stage, pids: readonly number[], atLeast = 1): Promise<Map<number, number>> {
  const served = new Map<number, number>();
  const deadline = Date.now() + patienceMs;
  for (let page = 1; Date.now() < deadline; page++) {
    const pid = servedBy(await stage.get<Page>('/products/1'));
    if (pid) served.set(pid, (served.get(pid) ?? 0) + 1);
    else await sleep(50);
    if (page >= atLeast && pids.every((each) => served.has(each))) break;
  }
  return served;
}

/** Undefined if the answer is no page with comments. */
function servedBy({ status, body }: Answer<Page>): number | undefined {
  return status === 200 ? body.comments[0]?.servedBy : undefined;
}

function show(tell: Narrator, { product, comments }: Page): void {
  tell.show(
    `${product.name}, ${product.price}`,
    ...comments.map(({ id, author, text }) => `${author}: ${text}${id === '0' ? '' : `  (comment ${id})`}`),
  );
}
