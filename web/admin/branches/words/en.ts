export default {
  name: 'Branches',
  page_help:
    'Shops, warehouses and offices. Rights “in own branches” mean the ones somebody works at.\n' +
    'Its code is how other programs know a branch; an order belongs to one.',
  new: 'New branch',
  edit: 'Edit branch',
  search: 'Name, city, code',
  about: 'About this branch',
  who_works_here: 'Who works here',
  empty: { title: 'No branches yet', text: 'A branch is a place where the shop works. Orders, stock and employees are bound to branches.' },
  fields: { name: 'Name', code: 'Code', kind: 'Kind', country: 'Country', city: 'City', postcode: 'Postcode', street: 'Street' },
  kinds: { corporate: 'Own shop', boutique: 'Boutique', franchise: 'Franchise' },
  code_text: 'Letters, digits, - and _; programs know the branch by it.',
  country_text: 'Two letters, such as FR.',
};
