export default {
  name: 'Product classes',
  one: 'Product class',
  new: 'New product class',
  empty: { title: 'No product classes yet', text: 'A class says what kind of thing a product is, such as “Shirts”, and so which attributes its window asks for.' },
  fields: { name: 'Name', products: 'Products', attribute_ids: 'Attributes' },
  attributes_text: 'The window of its products asks for these; without any, for all.',
};
