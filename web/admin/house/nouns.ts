/** What the API's plural resources are called in rights: `orders` -> `order.read`. */
const IRREGULAR: Record<string, string> = {
  staff: 'staff',
  history: 'history',
  stock: 'stock',
  branches: 'branch',
  'api-keys': 'api_key',
  categories: 'category',
  processes: 'process',
  'product-classes': 'product_class',
};

export const nounOf = (resource: string): string => IRREGULAR[resource] ?? resource.replace(/s$/, '').replaceAll('-', '_');
