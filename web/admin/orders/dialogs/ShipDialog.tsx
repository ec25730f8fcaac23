/** A parcel: what goes into it, who carries it, how many boxes. */
import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import type { Order } from '../page';
import { LinePicker, type Most, all, parts } from './LinePicker';

const CARRIERS = ['own', 'pickup', 'cdek'];
const SIZES = ['weight_g', 'length_cm', 'width_cm', 'height_cm'] as const;

type Parcel = Record<(typeof SIZES)[number], number>;

const allocated: Most = (line) => line.quantities.allocated;
const emptyBox = (order: Order): Parcel => ({ weight_g: Math.max(1, order.weight_g), length_cm: 20, width_cm: 20, height_cm: 10 });

export function ShipDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const [chosen, setChosen] = useState(all(record, allocated));
  const [carrier, setCarrier] = useState('');
  const [trackingNumber, setTrackingNumber] = useState('');
  const [boxes, setBoxes] = useState<Parcel[]>([]);
  const { run, isPending, error } = useCommand('orders', record.id, 'shipments', { onDone: onClose });
  const send = (): void => run({ lines: parts(chosen), carrier: carrier || null, tracking_number: trackingNumber.trim() || null, boxes });
  return (
    <ConfirmDialog
      title={translate('orders.commands.ship')}
      confirm={translate('orders.commands.ship')}
      maxWidth="sm"
      isReady={parts(chosen).length > 0}
      isPending={isPending}
      error={error}
      onConfirm={send}
      onClose={onClose}
    >
      <LinePicker order={record} most={allocated} chosen={chosen} onChange={setChosen} />
      <TextField select fullWidth margin="dense" label={translate('orders.asked.carrier')} value={carrier} onChange={(event) => setCarrier(event.target.value)} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
        <MenuItem value="">{translate('orders.asked.usual_carrier')}</MenuItem>
        {CARRIERS.map((each) => (
          <MenuItem key={each} value={each}>
            {translate(`orders.carrier.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        fullWidth
        margin="dense"
        label={translate('orders.parcel.tracking_number')}
        helperText={translate('orders.asked.tracking_number')}
        value={trackingNumber}
        onChange={(event) => setTrackingNumber(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 100 } }}
      />
      <Boxes boxes={boxes} onChange={setBoxes} fresh={() => emptyBox(record)} />
    </ConfirmDialog>
  );
}

interface BoxesProps {
  boxes: Parcel[];
  onChange: (boxes: Parcel[]) => void;
  fresh: () => Parcel;
}

function Boxes({ boxes, onChange, fresh }: BoxesProps) {
  const translate = useTranslate();
  const change = (index: number, size: (typeof SIZES)[number], value: number): void =>
    onChange(boxes.map((box, at) => (at === index ? { ...box, [size]: Math.max(1, Math.trunc(value) || 1) } : box)));
  return (
    <Box sx={{ mt: 1 }}>
      {boxes.map((box, index) => (
        <Box key={index} sx={{ display: 'grid', gridTemplateColumns: 'repeat(4, minmax(0, 1fr)) auto', gap: 1, alignItems: 'center' }}>
          {SIZES.map((size) => (
            <TextField
              key={size}
              type="number"
              size="small"
              margin="dense"
              label={translate(`orders.asked.${size}`)}
              value={box[size]}
              onChange={(event) => change(index, size, Number(event.target.value))}
              slotProps={{ htmlInput: { min: 1 } }}
            />
          ))}
          <IconButton aria-label={translate('ra.action.remove')} onClick={() => onChange(boxes.filter((_, at) => at !== index))}>
            <DeleteIcon />
          </IconButton>
        </Box>
      ))}
      <Button startIcon={<AddIcon />} onClick={() => onChange([...boxes, fresh()])}>
        {translate('orders.asked.add_box')}
      </Button>
    </Box>
  );
}
