import type en from './en';

const ru: typeof en = {
  name: 'Поставщики',
  one: 'Поставщик',
  new: 'Новый поставщик',
  empty: { title: 'Поставщиков пока нет', text: 'Поставщик — тот, у кого вы закупаете. По нему отбирают товары и наполняют категории; покупатели его не видят.' },
  fields: { name: 'Название', products: 'Товары' },
};

export default ru;
