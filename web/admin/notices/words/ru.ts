import type en from './en';

const ru: typeof en = {
  name: 'Уведомления',
  empty: { title: 'Уведомлений нет', text: 'Здесь появится сообщение, когда заказу понадобитесь вы или в нём что-то изменится.' },
  older: 'Более ранние',
  mark_read: 'Отметить прочитанным',
  marked: 'Отмечено прочитанным',
  all: 'Все уведомления',
};

export default ru;
