/** The dialogs behind the next steps of an order; a command that is not here has no button. */
import { useTranslate } from 'react-admin';
import type { ComponentType } from 'react';
import { ConfirmDialog } from '../house/ConfirmDialog';
import type { CommandDialogProps } from '../house/NextSteps';
import { useCommand } from '../house/commands';
import { CancelDialog } from './dialogs/CancelDialog';
import { DeliverDialog } from './dialogs/DeliverDialog';
import { EditDialog } from './dialogs/EditDialog';
import { linesDialog } from './dialogs/LinesDialog';
import { AssignDialog, AttachDialog, NoteDialog } from './dialogs/PaperDialogs';
import { AddPaymentDialog, RecordPaymentDialog } from './dialogs/PaymentDialogs';
import { RefundDialog } from './dialogs/RefundDialog';
import { ShipDialog } from './dialogs/ShipDialog';
import type { Order } from './page';

type OrderDialog = ComponentType<CommandDialogProps<Order>>;

interface Simple {
  /** The last part of its path, where that is not the command's own name. */
  path?: string;
  asksReason?: boolean;
  isDestructive?: boolean;
}

/** A question, perhaps a reason, and it is done. */
function simple(command: string, { path = command, asksReason, isDestructive }: Simple = {}): OrderDialog {
  return function CommandDialog({ record, onClose }) {
    const translate = useTranslate();
    const { run, isPending, error } = useCommand('orders', record.id, path, { onDone: onClose });
    return (
      <ConfirmDialog
        title={translate(`orders.commands.${command}`)}
        confirm={translate(`orders.commands.${command}`)}
        asksReason={asksReason}
        isDestructive={isDestructive}
        isPending={isPending}
        error={error}
        onConfirm={(reason) => run(asksReason ? { reason } : {})}
        onClose={onClose}
      >
        {translate(`orders.explained.${command}`)}
      </ConfirmDialog>
    );
  };
}

export const DIALOGS: Record<string, OrderDialog> = {
  hold: simple('hold', { asksReason: true }),
  release: simple('release'),
  allocate: linesDialog('allocate', ({ quantities }) => quantities.backordered),
  pick: linesDialog('pick', ({ quantities }) => quantities.allocated - quantities.picked),
  pack: linesDialog('pack', ({ quantities }) => quantities.allocated - quantities.packed),
  ship: ShipDialog,
  deliver: DeliverDialog,
  record_payment: RecordPaymentDialog,
  add_payment: AddPaymentDialog,
  edit: EditDialog,
  refund: RefundDialog,
  assign: AssignDialog,
  note: NoteDialog,
  attach: AttachDialog,
  cancel: CancelDialog,
};

/** The most usual first: the first open one stands out. */
export const USUAL = ['release', 'ship', 'deliver', 'pick', 'pack', 'allocate', 'record_payment'];
export const DESTRUCTIVE = ['cancel'];
