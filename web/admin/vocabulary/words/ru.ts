import type en from './en';

const ru: typeof en = {
  search: 'Слова из названия',
  show: 'Показать',
  products_of: 'Показать товары: %{name}',
  saved: 'Сохранено',
  deleted: 'Удалено',
  delete_title: 'Удалить «%{name}»?',
  delete_text: 'Это возможно, пока нет таких товаров и ни одна категория не отбирает по нему. Вернуть будет нельзя.',
  create: 'Создать «%{name}»',
};

export default ru;
