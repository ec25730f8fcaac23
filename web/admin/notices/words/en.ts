export default {
  name: 'Notices',
  page_help:
    'What concerns you: orders you are responsible for, and what needs a decision. The bell shows how many are unread.\n' +
    'Which events are told, by which way and in which words is set under Settings, Notices.',
  empty: { title: 'No notices', text: 'You are told here when an order of yours needs you or something about it changes.' },
  older: 'Older notices',
  mark_read: 'Mark as read',
  marked: 'Marked as read',
  all: 'All notices',
};
