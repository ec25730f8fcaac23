export default {
  name: 'Notices',
  empty: { title: 'No notices', text: 'You are told here when an order of yours needs you or something about it changes.' },
  older: 'Older notices',
  mark_read: 'Mark as read',
  marked: 'Marked as read',
  all: 'All notices',
};
