import { Product, ProductNotFound } from '@demo/contracts';
import { Injectable } from '@nestjs/common';
import { BigDecimal } from 'nestjs-dubbo';

/** Stands for a database. */
@Injectable()
export class ProductRepository {
  readonly #products = new Map(
    [product(1n, 'Teapot', '24.90'), product(2n, 'Umbrella', '9.50')].map((item) => [item.id, item]),
  );

  /** @throws ProductNotFound */
  get(id: bigint): Product {
    const found = this.#products.get(id);
    if (!found) throw new ProductNotFound(id);
    return found;
  }
}

function product(id: bigint, name: string, price: string): Product {
  return Object.assign(new Product(), { id, name, price: BigDecimal.of(price) });
}
