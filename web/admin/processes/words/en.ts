export default {
  name: 'Processes',
  page_help:
    'Each order is led by a process that survives restarts. Here stand all that run, with what each of them waits for.\n' +
    'Filter by what they wait for, by age or by a step in trouble. A stuck step can be tried again, skipped or settled by hand on the page of its order; who decided and why is kept.',
  empty: { title: 'Nothing waits here', text: 'Every open order is a process. Here is what each of them waits for, and what stands in its way.' },
  fields: { state: 'State', kind: 'Step in trouble', cause: 'Waits for', branch_id: 'Branch', older_than: 'Older than' },
  state: { running: 'All under way', waiting: 'Waiting as they should', failing: 'A step is in trouble', needs_person: 'Somebody has to decide' },
  cause: { on_hold: 'Release from hold', change: 'A proposed edit', unpaid: 'Payment', refund: 'A refund', backorder: 'Stock', shipping: 'Picking and shipping', delivery: 'Delivery' },
  age: { '3600': 'An hour', '86400': 'A day', '259200': 'Three days', '1209600': 'Two weeks' },
  since: 'Under way since',
  nothing: 'It waits for nothing.',
};
