import { type Product, ProductNotFound } from '@demo/contracts';
import { Injectable } from '@nestjs/common';
import { BigDecimal } from 'nestjs-dubbo';

/** Stands for a database. */
@Injectable()
export class ProductRepository {
  readonly #products: readonly Product[] = [
    { id: 1n, name: 'Teapot', price: BigDecimal.of('24.90') },
    { id: 2n, name: 'Umbrella', price: BigDecimal.of('9.50') },
  ];

  /** @throws ProductNotFound */
  get(id: bigint): Product {
    const found = this.#products.find((product) => product.id === id);
    if (!found) throw new ProductNotFound(id);
    return found;
  }
}
