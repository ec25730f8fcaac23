/** "New ..." beside a list's heading, for those who may. */
import Add from '@mui/icons-material/Add';
import Button from '@mui/material/Button';
import { useCreatePath, useResourceContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMay } from './me';

export function CreateLink({ right, label }: { right: string; label: string }) {
  const resource = useResourceContext();
  const path = useCreatePath()({ resource, type: 'create' });
  if (!useMay(right)) return null;
  return (
    <Button component={Link} to={path} variant="contained" startIcon={<Add />}>
      {label}
    </Button>
  );
}
