/** Bars; loaded when there is something to draw. */
import { useTheme } from '@mui/material/styles';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { DrawnProps } from './Drawn';

const NAME_WIDTH = 150;
const AMOUNT_WIDTH = 96;

export default function Chart({ columns, rows, told, isLying = false }: DrawnProps) {
  const { palette, typography } = useTheme();
  const colours = [palette.primary.main, palette.mode === 'dark' ? '#5f6b79' : '#a9b4c0'];
  const data = rows.map(({ name, values }) => ({ name, ...Object.fromEntries(values.map((value, at) => [`s${at}`, value])) }));
  const text = { fill: palette.text.secondary, fontSize: 12, fontFamily: typography.fontFamily };
  const names = { dataKey: 'name', type: 'category' as const, tick: text, stroke: palette.divider, tickLine: false };
  const amounts = { type: 'number' as const, tick: text, stroke: palette.divider, tickFormatter: told, tickLine: false, allowDecimals: false };
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={data} layout={isLying ? 'vertical' : 'horizontal'} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <CartesianGrid stroke={palette.divider} vertical={isLying} horizontal={!isLying} />
        {isLying ? <XAxis {...amounts} /> : <XAxis {...names} />}
        {isLying ? <YAxis {...names} width={NAME_WIDTH} /> : <YAxis {...amounts} width={AMOUNT_WIDTH} />}
        <Tooltip
          formatter={(value) => told(Number(value))}
          cursor={{ fill: palette.action.hover }}
          contentStyle={{ background: palette.background.paper, border: `1px solid ${palette.divider}`, borderRadius: 8 }}
          labelStyle={{ color: palette.text.primary }}
          itemStyle={{ color: palette.text.primary }}
        />
        {columns.length > 1 && <Legend itemSorter="dataKey" wrapperStyle={text} formatter={(name: string) => <span style={{ color: palette.text.secondary }}>{name}</span>} />}
        {columns.map((name, at) => (
          <Bar key={name} dataKey={`s${at}`} name={name} fill={colours[at]} radius={3} maxBarSize={42} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
