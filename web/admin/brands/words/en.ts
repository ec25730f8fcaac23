export default {
  name: 'Brands',
  page_help:
    'The names goods are known by. Products are filtered by them.\n' +
    'A brand is also made while you edit a product. One that products have cannot be deleted: its window shows them.',
  one: 'Brand',
  new: 'New brand',
  empty: { title: 'No brands yet', text: 'A brand is what goods are known by. Products are filtered and put into categories by it.' },
  fields: { name: 'Name', products: 'Products' },
};
