export default {
  name: 'Suppliers',
  one: 'Supplier',
  new: 'New supplier',
  empty: { title: 'No suppliers yet', text: 'A supplier is who you buy from. Products are filtered and put into categories by it; customers do not see it.' },
  fields: { name: 'Name', products: 'Products' },
};
