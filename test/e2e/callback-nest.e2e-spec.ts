import { Injectable, ValidationPipe } from '@nestjs/common';
import { DubboInterface, DubboReference, DubboService, java, withCall } from 'nestjs-dubbo';
import { afterEach, expect, it } from 'vitest';
import { NestApps } from './nest-apps.js';

@DubboInterface('com.acme.news.Reader', {
  read: { params: [java.string], returns: java.string },
})
abstract class Reader {
  abstract read(text: string): Promise<string>;
}

@DubboInterface('com.acme.news.News', {
  subscribe: { params: [java.string, java.callback(Reader)], returns: java.string },
  unsubscribe: { params: [java.callback(Reader, { release: true })], returns: java.boolean },
})
abstract class News {
  abstract subscribe(topic: string, reader: Reader): Promise<string>;
  abstract unsubscribe(reader: Reader): Promise<boolean>;
}

@DubboService(News, { callbacks: 2 })
class NewsController {
  readonly readers = new Set<Reader>();

  subscribe(topic: string, reader: Reader): Promise<string> {
    this.readers.add(reader);
    return reader.read(`welcome to ${topic}`);
  }

  unsubscribe(reader: Reader): boolean {
    return this.readers.delete(reader);
  }
}

/** Called back as any provider of the application: with its own dependencies. */
@Injectable()
class Subscriber extends Reader {
  readonly texts: string[] = [];
  @DubboReference() private readonly news!: News;

  subscribe(): Promise<string> {
    return this.news.subscribe('weather', this);
  }

  unsubscribe(): Promise<boolean> {
    return this.news.unsubscribe(this);
  }

  override async read(text: string): Promise<string> {
    this.texts.push(text);
    return `read ${text}`;
  }
}

const apps = new NestApps();
afterEach(() => apps.close());

it('callbacks pass through a Nest pipeline both ways, pipes included', async () => {
  const provider = await apps.microservice({ controllers: [NewsController] }, {}, (app) => {
    app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
  });
  const consumer = await apps.microservice({ providers: [Subscriber] });
  const subscriber = consumer.get(Subscriber);
  const { readers } = provider.get(NewsController);

  expect(await subscriber.subscribe()).toBe('read welcome to weather');
  expect(await subscriber.subscribe()).toBe('read welcome to weather');
  expect(readers.size).toBe(1);
  const [reader] = readers;
  expect(await withCall(reader!, { timeout: 5_000 }).read('rain')).toBe('read rain');
  expect(subscriber.texts).toEqual(['welcome to weather', 'welcome to weather', 'rain']);
  expect(await subscriber.unsubscribe()).toBe(true);
  await expect(reader!.read('sun')).rejects.toThrow('the consumer has released the callback');
});
