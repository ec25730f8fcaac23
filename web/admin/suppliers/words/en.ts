export default {
  name: 'Suppliers',
  page_help:
    'Whom you buy from. Customers do not see it.\n' +
    'A supplier that products have cannot be deleted: the window shows them.',
  one: 'Supplier',
  new: 'New supplier',
  empty: { title: 'No suppliers yet', text: 'A supplier is who you buy from. Products are filtered and put into categories by it; customers do not see it.' },
  fields: { name: 'Name', products: 'Products' },
};
