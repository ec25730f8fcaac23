export default {
  name: 'Brands',
  one: 'Brand',
  new: 'New brand',
  empty: { title: 'No brands yet', text: 'A brand is what goods are known by. Products are filtered and put into categories by it.' },
  fields: { name: 'Name', products: 'Products' },
};
