/** What can be done now: the server says which commands are open and why others are closed. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { type ComponentType, useState } from 'react';
import { useTranslate } from 'react-admin';

export interface Action {
  command: string;
  is_open: boolean;
  reason?: string | null;
}

export interface CommandDialogProps<Row> {
  record: Row;
  onClose: () => void;
}

interface Props<Row> {
  record: Row;
  actions: Action[];
  /** By command: what asks for the details. A command without one is done elsewhere on the page. */
  dialogs: Record<string, ComponentType<CommandDialogProps<Row>>>;
  /** Their words: `orders.commands.hold`. */
  words: string;
  /** The most usual next step first: the first open one is the page's one primary button. */
  order: string[];
  destructive?: string[];
}

export function NextSteps<Row>({ record, actions, dialogs, words, order, destructive = [] }: Props<Row>) {
  const translate = useTranslate();
  const [command, setCommand] = useState<string | null>(null);
  const Asking = command === null ? undefined : dialogs[command];
  const rank = ({ command, is_open }: Action): number => (is_open ? 0 : 1000) + (order.includes(command) ? order.indexOf(command) : order.length);
  const shown = actions.filter(({ command }) => command in dialogs).sort((one, other) => rank(one) - rank(other));
  const primary = shown.find(({ command, is_open }) => is_open && order.includes(command))?.command;
  return (
    <Box component="section" aria-label={translate('house.next_steps')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {shown.map((action) => (
        <Step
          key={action.command}
          action={action}
          label={translate(`${words}.${action.command}`)}
          isPrimary={action.command === primary}
          isDestructive={destructive.includes(action.command)}
          onClick={() => setCommand(action.command)}
        />
      ))}
      {Asking && <Asking record={record} onClose={() => setCommand(null)} />}
    </Box>
  );
}

interface StepProps {
  action: Action;
  label: string;
  isPrimary: boolean;
  isDestructive: boolean;
  onClick: () => void;
}

/** A closed one stays reachable by keyboard: its reason is what people look for. */
function Step({ action, label, isPrimary, isDestructive, onClick }: StepProps) {
  return (
    <Tooltip title={action.reason ?? ''} describeChild>
      <Button
        variant={isPrimary ? 'contained' : 'outlined'}
        color={isDestructive ? 'error' : 'primary'}
        aria-disabled={!action.is_open}
        onClick={action.is_open ? onClick : undefined}
        sx={action.is_open ? {} : { color: 'text.secondary', borderStyle: 'dashed', borderColor: 'divider', cursor: 'not-allowed' }}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
