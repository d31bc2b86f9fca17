import { formatServiceUrl, type ServiceRecord } from '@nestjs-dubbo/core';
import { encodeNodeName } from './node-name.js';

// <root>/<interface>/<category>/<url>, interface and URL encoded (Dubbo: ZookeeperRegistry.toCategoryPath, toUrlPath).

/** What a consumer reads. Dubbo has one more category, `consumers`. */
export const subscribedCategories = ['providers', 'configurators', 'routers'] as const;
export type SubscribedCategory = (typeof subscribedCategories)[number];

/** The node whose children are the records of an interface in a category. */
export function categoryPath(root: string, serviceInterface: string, category: string): string {
  return `${root}/${encodeNodeName(serviceInterface)}/${category}`;
}

/** The node that is a record. */
export function recordPath(root: string, record: ServiceRecord): string {
  return `${categoryPath(root, record.interface, record.category)}/${encodeNodeName(formatServiceUrl(record))}`;
}
