/** The whole list as it is filtered now, as a file that the server makes. */
import Download from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useListContext, useResourceContext, useTranslate } from 'react-admin';
import { address } from './http';
import { useMay } from './me';

const FORMATS = ['xlsx', 'csv'];

export function ExportButton({ right }: { right: string }) {
  const translate = useTranslate();
  const resource = useResourceContext();
  const { filterValues, sort } = useListContext();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!useMay(right)) return null;
  const sorted = (sort.order === 'DESC' ? '-' : '') + sort.field;
  return (
    <>
      <Button startIcon={<Download />} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        {translate('ra.action.export')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {FORMATS.map((format) => (
          <MenuItem key={format} component="a" href={address(`/${resource}/export`, { ...filterValues, sort: sorted, format })} download onClick={() => setAnchor(null)}>
            {format.toUpperCase()}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
