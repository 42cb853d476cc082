import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'

/**
 * What the script's parts take from its packages: hooks and signals work only where there is one copy of them. The build
 * of a part fails with the name of what is missing here.
 */
export const sharedWithParts = { Fragment, jsx, jsxs, useLayoutEffect, useRef, useSignal } as const
