/** Starts from what another group has. */
import ContentCopy from '@mui/icons-material/ContentCopyOutlined';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { Schemas } from '../house/http';
import { type Grants, type Noun, copied } from './grants';
import { useGroups } from './groups';

interface Props {
  nouns: Noun[];
  before: Grants;
  not?: number;
  onChange: (grants: Grants) => void;
}

export function CopyFrom({ nouns, before, not, onChange }: Props) {
  const translate = useTranslate();
  const notify = useNotify();
  const { data } = useGroups();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (group: Schemas['GroupRead']) => (): void => {
    const { grants, left } = copied(nouns, group, before);
    setAnchor(null);
    onChange(grants);
    if (left) notify(translate('groups.left_out', { smart_count: left }), { type: 'warning' });
  };
  return (
    <>
      <Button startIcon={<ContentCopy />} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        {translate('groups.copy_from')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {data?.rows
          .filter(({ id }) => id !== not)
          .map((group) => (
            <MenuItem key={group.id} onClick={choose(group)}>
              {group.name}
            </MenuItem>
          ))}
      </Menu>
    </>
  );
}
