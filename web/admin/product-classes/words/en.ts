export default {
  name: 'Product classes',
  page_help:
    'A class says what kind of thing a product is, and so which attributes it has.\n' +
    'A class that products have cannot be deleted: its window shows them.',
  one: 'Product class',
  new: 'New product class',
  empty: { title: 'No product classes yet', text: 'A class says what kind of thing a product is, such as “Shirts”, and so which attributes its window asks for.' },
  fields: { name: 'Name', products: 'Products', attribute_ids: 'Attributes' },
  attributes_text: 'The window of its products asks for these; without any, for all.',
};
