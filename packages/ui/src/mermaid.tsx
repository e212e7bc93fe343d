import { useEffect, useEffectEvent, useState } from 'react'
import { type Scheme, useKit, useWords } from './kit.tsx'
import './mermaid.css'
import { palettes } from './palette.ts'
import { Skeleton } from './skeleton.tsx'

export type PictureNode = {
  /** The node's id in the source. */
  id: string
  label: string
  /** State and other words, for the list. */
  note?: string
  onSelect?: () => void
}

/**
 * A mermaid picture whose nodes can be clicked, with a list of the same nodes for keyboards and screen readers (the
 * drawing itself is hidden from them). The library comes when the first picture is drawn. The source is the program's
 * own, never a user's text.
 */
export function Mermaid(props: { label: string; source: string; nodes: PictureNode[] }) {
  const t = useWords()
  const { scheme } = useKit()
  const [picture, setPicture] = useState<HTMLDivElement | null>(null)
  const state = useDrawing({ source: props.source, scheme, picture })
  const select = useEffectEvent((id: string) => props.nodes.find((node) => node.id === id)?.onSelect?.())
  useEffect(() => {
    if (picture === null || state !== 'drawn') return
    const clicked = (event: MouseEvent) => {
      if (!(event.target instanceof Element)) return
      const id = nodeId(event.target.closest('.node'))
      if (id !== undefined) select(id)
    }
    picture.addEventListener('click', clicked)
    return () => picture.removeEventListener('click', clicked)
  }, [picture, state])
  return (
    <figure className="ow-picture" aria-label={props.label}>
      {state === 'first' && <Skeleton lines={6} />}
      <div ref={setPicture} className="ow-picture-drawing" aria-hidden="true" data-state={state} />
      {state === 'failed' && <p className="ow-muted">{t('pictureFailed')}</p>}
      <ul
        className={state === 'failed' ? 'ow-picture-list' : 'ow-picture-list ow-picture-twin'}
        aria-label={t('nodes')}
      >
        {props.nodes.map((node) => (
          <li key={node.id}>
            {node.onSelect === undefined ? (
              node.label
            ) : (
              <button type="button" className="ow-link" onClick={node.onSelect}>
                {node.label}
              </button>
            )}
            {node.note !== undefined && <span className="ow-muted">{` ${node.note}`}</span>}
          </li>
        ))}
      </ul>
    </figure>
  )
}

/** Mermaid names a node's group `…-<id>-<number>`. */
function nodeId(group: Element | null): string | undefined {
  return group === null ? undefined : /flowchart-(.+)-\d+$/.exec(group.id)?.[1]
}

type Drawing = { source: string; scheme: Scheme; picture: HTMLDivElement | null }

/** `first` until there is anything to see, `drawing` while what is seen is about to be replaced. */
function useDrawing({ source, scheme, picture }: Drawing): 'first' | 'drawing' | 'drawn' | 'failed' {
  const [done, setDone] = useState<{ key: string; ok: boolean } | undefined>()
  const key = `${scheme}\n${source}`
  useEffect(() => {
    let current = true
    if (picture === null) return
    void draw(source, scheme).then(
      (svg) => {
        if (!current) return
        picture.replaceChildren(svg)
        setDone({ key, ok: true })
      },
      () => {
        if (current) setDone({ key, ok: false })
      },
    )
    return () => {
      current = false
    }
  }, [source, scheme, picture, key])
  if (done === undefined) return 'first'
  if (done.key !== key) return 'drawing'
  return done.ok ? 'drawn' : 'failed'
}

let drawings = 0

/**
 * Mermaid takes away whatever has the id of the drawing that it begins, and draws in the open page: each drawing has an
 * id of its own, so that the one before stays until it is replaced, and is made where nobody sees or clicks it.
 */
async function draw(source: string, scheme: Scheme): Promise<Node> {
  const { default: mermaid } = await import('mermaid')
  const of = palettes[scheme]
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: 'base',
    fontFamily: 'inherit',
    flowchart: {
      curve: 'basis',
      padding: 12,
      nodeSpacing: 28,
      rankSpacing: 44,
      useMaxWidth: true,
      subGraphTitleMargin: { top: 6, bottom: 2 },
    },
    themeVariables: {
      darkMode: scheme === 'dark',
      background: of.surface,
      primaryColor: of.surface,
      primaryTextColor: of.text,
      primaryBorderColor: of.borderStrong,
      lineColor: of.borderStrong,
      clusterBkg: of.sunken,
      clusterBorder: of.border,
      fontSize: '14px',
    },
  })
  const bench = document.createElement('div')
  bench.className = 'ow-picture-bench'
  bench.setAttribute('aria-hidden', 'true')
  document.body.append(bench)
  const { svg } = await mermaid.render(`ow-picture-${++drawings}`, source, bench).finally(() => bench.remove())
  // Mermaid has sanitised it (securityLevel strict); parsed as a document of its own, it runs nothing.
  return document.importNode(
    new DOMParser().parseFromString(svg, 'text/html').body.firstElementChild ?? document.createElement('span'),
    true,
  )
}
