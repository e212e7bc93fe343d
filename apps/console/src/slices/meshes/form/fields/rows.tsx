import { isRecord, type Json, type JsonRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { tracingProviders } from '@orbweaver/contracts/mesh-settings'
import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useFormText } from '../text.ts'
import type { InputProps } from './inputs.tsx'

/** Rows that are added and taken away; the last one gone takes the field out. */
function Rows(props: { rows: Json[]; onChange: InputProps['onChange']; blank: Json; children: ReactNode[] }) {
  const t = useFormText()
  const { rows, onChange } = props
  return (
    <div className="mesh-rows">
      {props.children.map((fields, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row has no name but its place; fields are controlled, nothing is kept by key
        <div key={index} className="mesh-row">
          {fields}
          <Button
            aria-label={t('removeRow', { number: index + 1 })}
            onClick={() => onChange(rows.length === 1 ? undefined : rows.toSpliced(index, 1))}
          >
            {t('remove')}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...rows, props.blank])}>{t('addRow')}</Button>
    </div>
  )
}

/** From a region to the region that takes over. */
export function FailoverInput(props: InputProps) {
  const t = useFormText()
  const rows = listAt(props.value)
  const edit = (index: number, row: JsonRecord) => props.onChange(rows.with(index, row))
  return (
    <Rows rows={rows} onChange={props.onChange} blank={{ from: '', to: '' }}>
      {rows.map((row, index) =>
        (['from', 'to'] as const).map((side) => (
          <Input
            key={side}
            aria-label={t(`localitySide.${side}`, { number: index + 1 })}
            placeholder={t(`localitySide.${side}Hint`)}
            value={textAt(row, side) ?? ''}
            onChange={({ target }) => edit(index, { ...recordAt(row), [side]: target.value })}
          />
        )),
      )}
    </Rows>
  )
}

/** Where requests of a locality go, in parts that add up to 100. */
export function DistributeInput(props: InputProps) {
  const t = useFormText()
  const rows = listAt(props.value)
  const edit = (index: number, row: JsonRecord) => props.onChange(rows.with(index, row))
  return (
    <Rows rows={rows} onChange={props.onChange} blank={{ from: '', to: { '*': 100 } }}>
      {rows.map((row, index) => [
        <Input
          key="from"
          aria-label={t('localitySide.from', { number: index + 1 })}
          placeholder="region/zone/*"
          value={textAt(row, 'from') ?? ''}
          onChange={({ target }) => edit(index, { ...recordAt(row), from: target.value })}
        />,
        <Select
          key="to"
          mode="tags"
          aria-label={t('localitySide.weights', { number: index + 1 })}
          placeholder="region/zone/*=80"
          value={Object.keys(recordAt(row, 'to')).map((to) => `${to}=${numberAt(row, 'to', to) ?? ''}`)}
          onChange={(texts) => edit(index, { ...recordAt(row), to: weightsOf(texts) })}
        />,
      ])}
    </Rows>
  )
}

/** `us-west/*=80`; without a number it is what is left of a hundred. */
export function weightsOf(texts: readonly string[]): JsonRecord {
  const pairs = texts.map((text): [string, number | undefined] => {
    const [, to = text, weight] = /^(.*)=([0-9]+)$/.exec(text.trim()) ?? []
    return [to, weight === undefined ? undefined : Number(weight)]
  })
  const given = pairs.reduce((sum, [, weight]) => sum + (weight ?? 0), 0)
  return Object.fromEntries(pairs.map(([to, weight]) => [to, weight ?? Math.max(1, 100 - given)]))
}

/** Where traces go: the kind, the service that Istio finds it by, and its port. */
export function ProviderInput(props: InputProps) {
  const t = useFormText()
  const given = isRecord(props.value) ? props.value : {}
  const edit = (field: string, value: Json) =>
    props.onChange({ port: 0, service: '', type: '', ...given, [field]: value })
  return (
    <div className="mesh-row">
      <Select
        id={props.id}
        value={textAt(given, 'type') ?? ''}
        options={[
          { value: '', label: props.placeholder },
          ...tracingProviders.map((each) => ({ value: each, label: t(`provider.${each}`) })),
        ]}
        onChange={(type) => (type === '' ? props.onChange(undefined) : edit('type', type))}
      />
      {props.value !== undefined && (
        <>
          <Input
            aria-label={t('provider.service')}
            placeholder="zipkin.observability.svc.cluster.local"
            value={textAt(given, 'service') ?? ''}
            onChange={({ target }) => edit('service', target.value)}
          />
          <InputNumber
            aria-label={t('provider.port')}
            placeholder="9411"
            min={1}
            max={65_535}
            value={numberAt(given, 'port') ?? null}
            onChange={(port) => edit('port', port ?? 0)}
          />
        </>
      )}
    </div>
  )
}

/** Names and texts, as annotations are. */
export function PairsInput(props: InputProps) {
  const t = useFormText()
  const given = Object.entries(recordAt(props.value))
  const write = (pairs: [string, Json | undefined][]) =>
    props.onChange(pairs.length === 0 ? undefined : Object.fromEntries(pairs))
  return (
    <div className="mesh-rows">
      {given.map(([name, text], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a name changes while it is typed; nothing is kept by key
        <div key={index} className="mesh-row">
          <Input
            aria-label={t('pairName', { number: index + 1 })}
            value={name}
            onChange={({ target }) => write(given.with(index, [target.value, text]))}
          />
          <Input
            aria-label={t('pairText', { number: index + 1 })}
            value={typeof text === 'string' ? text : ''}
            onChange={({ target }) => write(given.with(index, [name, target.value]))}
          />
          <Button aria-label={t('removeRow', { number: index + 1 })} onClick={() => write(given.toSpliced(index, 1))}>
            {t('remove')}
          </Button>
        </div>
      ))}
      <Button disabled={given.some(([name]) => name === '')} onClick={() => write([...given, ['', '']])}>
        {t('addRow')}
      </Button>
    </div>
  )
}
