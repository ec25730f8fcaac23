export default {
  search: 'Words of the name',
  show: 'Show',
  products_of: 'Show products of %{name}',
  saved: 'Saved',
  deleted: 'Deleted',
  delete_title: 'Delete %{name}?',
  delete_text: 'That is possible while no product has it and no category’s rule names it. This cannot be undone.',
  create: 'Create “%{name}”',
};
