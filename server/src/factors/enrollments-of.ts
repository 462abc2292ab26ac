import type { Enrollment, EnrollmentOf, EnrollmentType } from '../users/enrollment.ts'

/** The user's enrollments of one type, in the order they were added. */
export const enrollmentsOf = <Type extends EnrollmentType>(
  { enrollments }: { enrollments: readonly Enrollment[] },
  type: Type,
): EnrollmentOf<Type>[] =>
  enrollments.filter((enrollment): enrollment is EnrollmentOf<Type> => enrollment.type === type)
