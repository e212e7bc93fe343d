import type { ReactNode } from 'react'
import { presetOf } from '@orbweaver/istio/meshes/sizes'
import { bytesText, coresText } from '@orbweaver/istio/quantity'
import { FieldLabel } from '@orbweaver/ui/form-shell'
import { KeyValue } from '@orbweaver/ui/key-value'
import { Form, Select } from 'antd'
import type { ClusterChoice } from './choice.ts'
import { renderNoted } from './noted-option.tsx'
import { type SizeAdvice, sizeAdvice } from './size-advice.ts'
import { useFormText } from './text.ts'
import type { MeshValues } from './values.ts'

export const sizes = ['S50P200', 'S200P1000', 'S500P2000', 'S2000P8000', 'S5000P20000', 'Custom'] as const

/** How large istiod is, with what each size asks for, and what the clusters of the mesh hold now. */
export function SizeField(props: { clusters: readonly ClusterChoice[] }) {
  const t = useFormText()
  const advice = sizeAdvice(props.clusters)
  const fits = advice !== undefined && typeof advice.fits === 'object' ? advice.fits.size : undefined
  const labelOf = (size: (typeof sizes)[number]) =>
    size === fits ? `${t(`sizes.${size}`)} · ${t('advice.fits')}` : t(`sizes.${size}`)
  return (
    <>
      <Form.Item<MeshValues>
        name="size"
        label={<FieldLabel field="controlPlane.size">{t('size')}</FieldLabel>}
        extra={t('sizeHint')}
      >
        <Select<string, { value: string; label: string; note?: ReactNode }>
          options={[
            { value: '', label: t('isDefault') },
            ...sizes.map((size) => ({
              value: size,
              label: labelOf(size),
              note: <Asks size={size} advice={advice} />,
            })),
          ]}
          optionRender={renderNoted}
          listHeight={400}
        />
      </Form.Item>
      <Standing advice={advice} />
    </>
  )
}

/** What istiod of a size asks for, and whether a node could hold it. */
function Asks(props: { size: string; advice: SizeAdvice | undefined }) {
  const t = useFormText()
  const preset = presetOf(props.size)
  if (preset === undefined) return null
  const { requests, limits } = preset
  const { nodes, cluster = '' } = props.advice ?? {}
  const asks = t('advice.asks', { ...requests, mostCpu: limits.cpu, mostMemory: limits.memory })
  const isTooLarge = nodes !== undefined && !nodes.holds.includes(props.size)
  return (
    <>
      {asks}
      {isTooLarge && <span className="mesh-warned"> {t('advice.tooLarge', { cluster })}</span>}
    </>
  )
}

function Standing({ advice }: { advice: SizeAdvice | undefined }) {
  const t = useFormText()
  if (advice === undefined) return <p className="ow-soft">{t('advice.chooseCluster')}</p>
  const { cluster, clusters, services, pods, nodes, fits } = advice
  const unknown = <span className="ow-muted">{t('advice.unknown')}</span>
  return (
    <section className="mesh-standing" aria-label={t('advice.now', { clusters })}>
      <h3>{t('advice.now', { clusters })}</h3>
      <KeyValue
        columns={3}
        facts={[
          { label: t('advice.services'), value: services ?? unknown },
          { label: t('advice.pods'), value: pods ?? unknown },
          {
            label: t('advice.nodes', { cluster }),
            value:
              nodes === undefined
                ? unknown
                : t('advice.nodesHave', {
                    count: nodes.count,
                    cpu: coresText(nodes.cpu),
                    memory: bytesText(nodes.memory),
                  }),
          },
        ]}
      />
      {fits === 'unknown' && <p className="ow-soft">{t('advice.unsaid')}</p>}
      {fits === 'none' && <p className="ow-soft">{t('advice.beyond')}</p>}
    </section>
  )
}
