import type en from './en';

const ru: typeof en = {
  name: 'Филиалы',
  new: 'Новый филиал',
  edit: 'Данные филиала',
  search: 'Название, город, код',
  about: 'О филиале',
  who_works_here: 'Кто здесь работает',
  empty: { title: 'Филиалов пока нет', text: 'Филиал — место, где работает магазин. К филиалам привязаны заказы, остатки и сотрудники.' },
  fields: { name: 'Название', code: 'Код', kind: 'Вид', country: 'Страна', city: 'Город', postcode: 'Индекс', street: 'Улица' },
  kinds: { corporate: 'Собственный', boutique: 'Бутик', franchise: 'Франшиза' },
  code_text: 'Латинские буквы, цифры, - и _; по коду филиал знают программы.',
  country_text: 'Две буквы, например RU.',
};

export default ru;
