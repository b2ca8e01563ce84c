import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'question' })
export class QuestionEntity {
  @PrimaryColumn('uuid', { name: 'question_id' })
  questionId!: string;

  @Column('uuid', { name: 'tender_id' })
  tenderId!: string;

  @Column('text')
  question!: string;

  @Column('text', { nullable: true })
  answer!: string | null;

  @Column('text', { name: 'asked_at' })
  askedAt!: string;

  @Column('text', { name: 'answered_at', nullable: true })
  answeredAt!: string | null;
}
