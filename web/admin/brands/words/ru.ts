import type en from './en';

const ru: typeof en = {
  name: 'Бренды',
  one: 'Бренд',
  new: 'Новый бренд',
  empty: { title: 'Брендов пока нет', text: 'Бренд — имя, под которым известен товар. По нему отбирают товары и наполняют категории.' },
  fields: { name: 'Название', products: 'Товары' },
};

export default ru;
